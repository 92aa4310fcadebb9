import type { IncomingMessage } from 'node:http';

import { describe, expect, it } from '@jest/globals';

import { readEnvironment } from '../config/environment.js';
import { Origins } from './origin.js';

const PROXY = '10.0.0.2';
const OTHER = '192.0.2.9';

const request = (remoteAddress: string, headers: Record<string, string>) =>
  ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;

describe('Origins', () => {
  const allows = (settings: NodeJS.ProcessEnv, peer: string, headers: Record<string, string>) =>
    new Origins(readEnvironment(settings)).allows(request(peer, headers));
  const page = { host: 'inside:3000', origin: 'https://desk.example.com' };
  const named = { ...page, 'x-forwarded-host': 'desk.example.com' };

  it.each([
    [{}, PROXY, false],
    [{ TRUST_PROXY: '1' }, PROXY, true],
    [{ TRUST_PROXY: 'true' }, OTHER, true],
    [{ TRUST_PROXY: '10.0.0.0/8' }, PROXY, true],
    [{ TRUST_PROXY: '10.0.0.0/8' }, OTHER, false],
  ])('with %j believe a forwarded host from %s: %s', (settings, peer, expected) => {
    expect(allows(settings, peer, named)).toBe(expected);
    expect(allows(settings, peer, page)).toBe(false);
  });

  it('compare hosts, whatever ends TLS, and know those of CORS_ORIGINS', () => {
    const own = { host: 'desk.example.com', origin: 'https://desk.example.com' };
    expect(allows({}, OTHER, own)).toBe(true);
    expect(allows({}, OTHER, { ...own, origin: 'https://desk.example.com:8443' })).toBe(false);
    expect(allows({}, OTHER, { ...own, origin: 'null' })).toBe(false);
    expect(allows({ CORS_ORIGINS: 'https://other.example.com' }, OTHER, { ...own, origin: 'x' })).toBe(false);
    const foreign = { ...own, origin: 'https://other.example.com' };
    expect(allows({ CORS_ORIGINS: 'https://other.example.com' }, OTHER, foreign)).toBe(true);
  });
});
