import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Problem } from '../src/contract/problem.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { freePort } from '../src/demo/free-port.js';
import { ApiProcess } from '../test/support/api-process.js';
import { eventually } from '../test/support/eventually.js';
import { connectSocket, FeedClient } from '../test/support/feed-client.js';
import { FrontDoor, type FrontDoorOptions } from '../test/support/front-door.js';
import { NameServer } from '../test/support/name-server.js';
import { violations } from '../test/support/oracle.js';
import { RedisServer } from '../test/support/redis-server.js';
import { RestClient } from '../test/support/rest-client.js';
import { signInByPassword } from '../test/support/sign-in.js';

/** Each is another machine to nginx, as containers are. */
const MACHINES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'] as const;
const [FIRST, SECOND, THIRD] = MACHINES;
const ADMIN = { email: 'root@example.com', password: 'a password that is long' };
const CLASSIFY_LIMIT = 6;
/** nginx keeps what the name server has said for 2 s, and looks at whole seconds. */
const BELIEVED_MS = 3_100;
/** What the api and nginx say of the transport, not of the answer. */
const TRANSPORT = /^(date|server|connection|keep-alive|content-length|transfer-encoding|x-request-id)$/;
/** Validators of a file: each server has its own way to make them. */
const VALIDATORS = /^(etag|last-modified|accept-ranges)$/;

/** The deployment of docker-compose.yml without its containers: its nginx, several processes, PostgreSQL and Redis. */
describe('several processes behind nginx', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-front-door-'));
  let server: EmbeddedPostgres;
  let sql: pg.Client;
  let redis: RedisServer;
  let names: NameServer;
  let processes: ApiProcess[];
  let door: FrontDoor;
  /** The same api behind an nginx that stands behind another proxy. */
  let inner: FrontDoor;
  let admin: RestClient;
  const nobody = () => new RestClient(door.url, {});
  const fixtures = new AsyncDisposableStack();

  beforeAll(async () => {
    fixtures.defer(() => rmSync(dataDir, { recursive: true, force: true }));
    redis = fixtures.adopt(await RedisServer.start(), (started) => started.remove());
    server = fixtures.adopt(await startEmbeddedPostgres({ dataDir }), (started) => started.stop());
    const { host, port, user, database } = server.connection;
    const apiPort = await freePort(18_300, FIRST);
    // All at once, on a database in which there is nothing.
    processes = await Promise.all(
      MACHINES.map(async (address) => {
        const api = await ApiProcess.start({
          HOST: address,
          PORT: String(apiPort),
          DATABASE_URL: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
          REDIS_URL: redis.url,
          TRUST_PROXY: '1',
          PUBLIC_URL: 'https://desk.example.com',
          RATE_LIMIT_CREATE: '100000',
          RATE_LIMIT_CLASSIFY: String(CLASSIFY_LIMIT),
        });
        return fixtures.adopt(api, async (started) => void (await started.end('SIGKILL')));
      }),
    );
    sql = fixtures.adopt(new pg.Client(server.connection), (client) => client.end());
    await sql.connect();
    names = fixtures.adopt(await NameServer.start('api', [FIRST, SECOND]), (started) => started.stop());
    const options = { api: `api:${apiPort}`, nameServer: names.address };
    const open = async (more: Partial<FrontDoorOptions>) =>
      fixtures.adopt(await FrontDoor.start({ ...options, ...more }), (started) => started.stop());
    [door, inner] = [await open({}), await open({ trustedProxies: '127.0.0.1, 10.0.0.0/8' })];
  });
  afterAll(() => fixtures.disposeAsync());

  /** Sends all that comes from now on to these machines; resolves when nginx has noticed. */
  const sendTo = async (...addresses: string[]) => {
    names.say(addresses);
    // Each worker of nginx believes the answer that it has for so long, whatever another has noticed.
    await pause(BELIEVED_MS);
    await eventually(async () => {
      await Promise.all(Array.from({ length: 8 }, () => nobody().get('/api/health/live')));
      const tried = door
        .accesses()
        .slice(-8)
        .flatMap(({ api }) => api.split(', '));
      expect(new Set(tried.map((api) => api.split(':')[0]))).toEqual(new Set(addresses));
    });
  };
  const openFeed = async () => {
    const feed = new FeedClient(door.url, 'board', {}, { cookie: (await adminHeaders())['cookie']! });
    await feed.connect();
    await feed.loadSnapshot();
    return feed;
  };
  const adminHeaders = () => signInByPassword(door.url, ADMIN);

  it('migrate once and print links of which each one works, however many start at the same time', async () => {
    const { rows } = await sql.query<{ name: string }>('select name from migration');
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    const links = processes.map((api) => /once: (\S+)#(sbs_\S+)/.exec(api.output())!);
    expect(new Set(links.map(([, page]) => page))).toEqual(new Set(['https://desk.example.com/setup']));
    const follow = ([, , token]: RegExpExecArray) =>
      nobody().post('/api/setup', { token, name: 'Root', ...ADMIN });
    expect((await follow(links[2]!)).status).toBe(201);
    for (const link of links) expect((await follow(link)).status).toBe(410);
    admin = new RestClient(door.url, await adminHeaders());
  });

  describe('to a browser', () => {
    const immutable = () => {
      const folder = join(door.webFolder, '_app/immutable/entry');
      return `/_app/immutable/entry/${readdirSync(folder).find((name) => name.endsWith('.js'))!}`;
    };
    const direct = (path: string, init: RequestInit = {}) => fetch(processes[0]!.url + path, init);
    /** Status and headers, written alike. */
    const said = ({ headers, status }: Response, without: RegExp): Record<string, string> => ({
      status: String(status),
      ...Object.fromEntries(
        [...headers]
          .filter(([name]) => !TRANSPORT.test(name) && !without.test(name))
          .map(([name, value]) => [name, value.toLowerCase().replace(/; +/g, ';')]),
      ),
    });

    it('give the very headers that the api gives, with pages and files', async () => {
      for (const path of ['/', '/tickets/5', '/wall', '/theme.js', immutable()]) {
        const plain = { headers: { 'accept-encoding': 'identity' } };
        const [own, through] = [await direct(path, plain), await fetch(door.url + path, plain)];
        expect({ path, ...said(through, VALIDATORS) }).toEqual({ path, ...said(own, VALIDATORS) });
        expect(await through.text()).toBe(await own.text());
      }
    });

    it('are one app with pages that are never kept and files that always are', async () => {
      const page = await fetch(`${door.url}/tickets/5?from=wall`);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('cache-control')).toBe('no-cache');
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self' 'sha256-");
      expect(page.headers.get('strict-transport-security')).toBeNull();
      const file = await fetch(door.url + immutable());
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const etag = file.headers.get('etag')!;
      const again = await fetch(door.url + immutable(), { headers: { 'if-none-match': etag } });
      expect(again.status).toBe(304);
      for (const gone of ['/_app/immutable/entry/gone.js', '/gone.png', '/metrics', '/metrics/x']) {
        const answer = await nobody().get<Problem>(gone);
        expect(answer.body).toMatchObject({ status: 404, code: 'not_found' });
        expect(answer.headers.get('cache-control')).toBe('private, no-cache');
      }
    });

    it('send what is compressed already, and compress lists, but nothing whose tag must stay strong', async () => {
      const path = immutable();
      for (const [encoding, suffix] of [
        ['br', '.br'],
        ['gzip', '.gz'],
      ] as const) {
        const { headers, body } = await raw(door.url + path, { 'accept-encoding': encoding });
        expect(headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
        expect(body.equals(readFileSync(join(door.webFolder, path) + suffix))).toBe(true);
      }
      const ticket = await admin.create({ description: 'x'.repeat(5_000) });
      const headers = { ...(await adminHeaders()), 'accept-encoding': 'gzip' };
      const list = await raw(`${door.url}/api/tickets`, headers);
      expect(list.headers['content-encoding']).toBe('gzip');
      const one = await raw(`${door.url}/api/tickets/${ticket.id}`, headers);
      expect(one.headers['content-encoding']).toBeUndefined();
      expect(one.headers.etag).toBe('"1"');
      const matched = await admin.patch(`/api/tickets/${ticket.id}`, { title: 'B' }, { 'if-match': '"1"' });
      expect(matched.status).toBe(200);
      expect(matched.headers.get('etag')).toBe('"2"');
    });

    it('refuse what is too large as the api does', async () => {
      const body = JSON.stringify({ title: 'Large', description: 'x'.repeat(300_000) });
      const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
      const [own, through] = [
        await direct('/api/tickets', init),
        await fetch(`${door.url}/api/tickets`, init),
      ];
      expect(through.status).toBe(413);
      expect(through.headers.get('content-type')).toContain('application/problem+json');
      expect(await through.json()).toEqual(await own.json());
      expect(said(through, /^(cache-control|content-type)$/)).toEqual(
        said(own, /^(cache-control|content-type)$/),
      );
    });
  });

  describe('who the visitor is', () => {
    const classify = (url: string, forwarded: string) =>
      new RestClient(url, {}).post(
        '/api/tickets/classify',
        { description: 'My bill is wrong' },
        { 'x-forwarded-for': forwarded, forwarded: `for=${forwarded}`, 'x-real-ip': forwarded },
      );
    const statuses = async (url: string) => {
      const calls = Array.from({ length: CLASSIFY_LIMIT + 2 }, (_, n) => classify(url, `203.0.113.${n}`));
      return (await Promise.all(calls)).map(({ status }) => status).sort();
    };

    it('is said by the connection alone, and the limit is one for all processes', async () => {
      expect(await statuses(door.url)).toEqual([...Array<number>(CLASSIFY_LIMIT).fill(200), 429, 429]);
    });

    it('is said by proxies that are trusted', async () => {
      expect(new Set(await statuses(inner.url))).toEqual(new Set([200]));
      // The nearest that is not trusted: what is left of it is the visitor's own claim.
      const claims = Array.from({ length: CLASSIFY_LIMIT + 1 }, (_, n) =>
        classify(inner.url, `203.0.113.${100 + n}, 198.51.100.1, 10.0.0.9`),
      );
      expect((await Promise.all(claims)).filter(({ status }) => status === 429)).toHaveLength(1);
    });

    it('came by TLS only if a trusted proxy says so', async () => {
      const secure = { 'x-forwarded-proto': 'https', 'content-type': 'application/json' };
      const signIn = (url: string) =>
        fetch(`${url}/api/auth/sign-in/email`, {
          method: 'POST',
          headers: secure,
          body: JSON.stringify(ADMIN),
        });
      expect((await signIn(door.url)).headers.getSetCookie()[0]).not.toContain('Secure');
      expect((await signIn(inner.url)).headers.getSetCookie()[0]).toContain('Secure');
      for (const path of ['/', '/api/health/live', '/api/nothing', '/gone.png']) {
        const hsts = async (url: string) =>
          (await fetch(url + path, { headers: secure })).headers.get('strict-transport-security');
        expect([path, await hsts(door.url)]).toEqual([path, null]);
        expect([path, await hsts(inner.url)]).toEqual([path, 'max-age=31536000']);
      }
    });

    it('uses a page of this desk only if the browser or a trusted proxy says so', async () => {
      const { cookie } = (await adminHeaders()) as { cookie: string };
      const opens = async (url: string, origin: string, headers: Record<string, string> = {}) => {
        const socket = connectSocket(url, { cookie, origin, headers });
        const opened = await new Promise<boolean>((resolve) => {
          socket.once('connect', () => resolve(true));
          socket.once('connect_error', () => resolve(false));
        });
        socket.disconnect();
        return opened;
      };
      const forwarded = { 'x-forwarded-host': 'desk.example.com' };
      expect(await opens(door.url, door.url)).toBe(true);
      expect(await opens(door.url, 'https://desk.example.com')).toBe(false);
      expect(await opens(door.url, 'https://desk.example.com', forwarded)).toBe(false);
      expect(await opens(inner.url, 'https://desk.example.com', forwarded)).toBe(true);
    });
  });

  it('show on all what is submitted through any, go on when one is killed, and take in a new one', async () => {
    await sendTo(FIRST);
    const ofFirst = [await openFeed(), await openFeed()];
    await sendTo(SECOND);
    const ofSecond = [await openFeed(), await openFeed()];
    await sendTo(FIRST, SECOND);
    const feeds = [...ofFirst, ...ofSecond];
    const submit = (n: number) =>
      nobody().post('/api/tickets', { title: `Through the door ${n}`, description: 'It does not work' });
    expect((await submit(0)).status).toBe(201);
    await eventually(async () => {
      for (const feed of feeds) expect(await violations(sql, feed)).toEqual([]);
    });

    const answers: number[] = [];
    for (let n = 1; n <= 30; n += 1) {
      if (n === 10) void processes[0]!.end('SIGKILL');
      answers.push((await submit(n)).status, (await admin.get('/api/tickets?page_size=1')).status);
    }
    // One that had reached the process may be lost with it, and its caller is told so; reads go to the other.
    expect(answers.filter((status) => status !== 201 && status !== 200).length).toBeLessThanOrEqual(1);
    expect(answers.filter((_, index) => index % 2 === 1)).toEqual(Array<number>(30).fill(200));

    // Its name is gone later than itself: meanwhile a new connection goes to who is there.
    await eventually(() => expect(ofFirst.map(({ isOpen }) => isOpen)).toEqual([false, false]));
    expect(ofSecond.map(({ isOpen }) => isOpen)).toEqual([true, true]);
    for (const feed of ofFirst) await feed.connect();
    await sendTo(SECOND, THIRD);
    expect((await submit(31)).status).toBe(201);
    await eventually(async () => {
      for (const feed of feeds) expect(await violations(sql, feed)).toEqual([]);
    });
    expect(feeds.map(({ resets }) => resets)).toEqual([0, 0, 0, 0]);
    for (const feed of feeds) feed.disconnect();
  });

  it('are missed by a problem that can be tried again, and pages are there meanwhile', async () => {
    names.say([]);
    const answer = await eventually(async () => {
      const found = await nobody().get<Problem>('/api/tickets');
      expect(found.status).toBe(503);
      return found;
    });
    expect(answer.body).toMatchObject({ status: 503, code: 'unavailable' });
    expect(answer.headers.get('retry-after')).toBe('2');
    expect((await fetch(door.url)).status).toBe(200);
    const queries = readFileSync(join(door.webFolder, '../log'), 'utf8').includes('from=wall');
    expect(queries).toBe(false);
  });
});

/** An answer as it came, not decompressed. */
async function raw(url: string, headers: Record<string, string>) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    headers: Record<string, string | string[] | undefined>;
    body: Buffer;
  }>();
  request(url, { headers }, (response) => {
    response.toArray().then((chunks: Buffer[]) => {
      resolve({ headers: response.headers, body: Buffer.concat(chunks) });
    }, reject);
  })
    .on('error', reject)
    .end();
  return promise;
}
