import type { IncomingMessage } from 'node:http';

import { describe, expect, it } from '@jest/globals';

import { parseTrustProxy, trusts } from '../config/trust-proxy.js';
import { addressBlock, clientAddress } from './client-address.js';

const request = (remoteAddress: string | undefined, forwarded?: string) =>
  ({
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    socket: { remoteAddress },
    connection: { remoteAddress },
  }) as unknown as IncomingMessage;

describe('clientAddress', () => {
  it.each([
    [undefined, '10.0.0.1', '203.0.113.9', '10.0.0.1'],
    ['false', '10.0.0.1', '203.0.113.9', '10.0.0.1'],
    ['true', '10.0.0.1', '198.51.100.7, 203.0.113.9', '198.51.100.7'],
    ['1', '10.0.0.1', '198.51.100.7, 203.0.113.9', '203.0.113.9'],
    ['2', '10.0.0.1', '198.51.100.7, 203.0.113.9', '198.51.100.7'],
    ['10.0.0.0/8, loopback', '10.0.0.1', '198.51.100.7, 203.0.113.9', '203.0.113.9'],
    ['10.0.0.0/8', '192.0.2.1', '203.0.113.9', '192.0.2.1'],
    ['1', '::ffff:10.0.0.1', undefined, '10.0.0.1'],
    ['1', '::ffff:10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
  ])('with TRUST_PROXY %s, from %s for %s, is %s', (setting, peer, forwarded, expected) => {
    const trusted = trusts(setting === undefined ? undefined : parseTrustProxy(setting));
    expect(clientAddress(request(peer, forwarded), trusted)).toBe(expected);
  });

  it('gives a text for a connection that is gone', () => {
    expect(clientAddress(request(undefined), trusts(undefined))).toBe('');
  });

  it('refuses a setting that names no network', () => {
    expect(() => parseTrustProxy('everybody')).toThrow();
  });
});

describe('addressBlock', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
    ['not an address', 'not an address'],
  ])('of %s is %s', (address, expected) => {
    expect(addressBlock(address)).toBe(expected);
  });
});
