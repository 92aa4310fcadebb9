import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';

const BOOT = '\n  start("the app");\n';
const PAGE = `<!doctype html><head><script src="/theme.js"></script></head><body><script>${BOOT}</script></body>`;
const BOOT_HASH = `'sha256-${createHash('sha256').update(BOOT).digest('base64')}'`;

/** A policy's directives by name. */
const policyOf = ({ headers }: Response) =>
  Object.fromEntries(
    headers
      .get('content-security-policy')!
      .split(';')
      .map((directive) => [directive.split(' ')[0]!, directive.split(' ').slice(1).join(' ')]),
  );

describe('security headers', () => {
  let database: TestDatabase;
  let desk: Desk;
  let webFolder: string;

  beforeAll(async () => {
    webFolder = await mkdtemp(join(tmpdir(), 'signalbox-web-'));
    for (const page of ['index.html', '200.html']) await writeFile(join(webFolder, page), PAGE);
    await writeFile(join(webFolder, 'theme.js'), 'void 0;');
    database = await createTestDatabase();
    desk = await startDesk(database.connection, { TRUST_PROXY: '1' }, {}, { webFolder });
  });
  afterAll(async () => {
    await desk.stop();
    await database.drop();
    await rm(webFolder, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(desk.url + path, { headers });

  it.each(['/', '/tickets/7', '/no/such/page', '/theme.js', '/apiary'])(
    '%s may only use what the desk itself serves, and the very scripts of its page',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(policyOf(response)).toEqual({
        'default-src': "'self'",
        'script-src': `'self' ${BOOT_HASH}`,
        'style-src': "'self'",
        'style-src-attr': "'unsafe-inline'",
        'img-src': "'self' data:",
        'font-src': "'self'",
        'connect-src': "'self'",
        'object-src': "'none'",
        'base-uri': "'none'",
        'form-action': "'self'",
        'frame-ancestors': "'none'",
      });
    },
  );

  it.each([
    ['/api/me', 200],
    ['/api/tickets', 401],
    ['/api/no-such-route', 404],
    ['/api/tickets/%zz', 400],
    ['/api/openapi.json', 200],
    ['/API/me', 200],
  ])('%s is data: it loads nothing and runs nothing', async (path, status) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(policyOf(response)).toEqual({ 'default-src': "'none'", 'frame-ancestors': "'none'" });
  });

  it('data is for nobody else, and asked for anew', async () => {
    for (const path of ['/api/me', '/api/tickets', '/api/openapi.json'])
      expect((await get(path)).headers.get('cache-control')).toBe('private, no-cache');
  });

  it('a body that is refused before any route has them too', async () => {
    const response = await fetch(`${desk.url}/api/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
    expect(policyOf(response)['default-src']).toBe("'none'");
  });

  it('only the pages about the api may have styles of their own', async () => {
    const policy = policyOf(await get('/api/docs'));
    expect(policy).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'frame-ancestors': "'none'",
    });
    expect(policyOf(await get('/api/docs/swagger-ui-init.js'))).toEqual(policy);
    expect(policyOf(await get('/api/docsx'))).toEqual({
      'default-src': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  it.each(['/', '/api/me', '/api/docs'])('%s says the rest too', async (path) => {
    const { headers } = await get(path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(), microphone=(), geolocation=()'),
    });
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('asks for TLS only where TLS is', async () => {
    expect((await get('/')).headers.get('strict-transport-security')).toBeNull();
    const behindTls = await get('/', { 'x-forwarded-proto': 'https' });
    expect(behindTls.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});
