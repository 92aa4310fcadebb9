import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { io } from 'socket.io-client';

import type { Problem } from '../src/contract/problem.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { type Answer, RestClient } from './support/rest-client.js';
import { AGENT, makeToken, signIn } from './support/sign-in.js';

const PASSWORD = 'a long enough password';
const WRONG = 'not the password at all';
const MARA = 'mara@example.com';
const TICKET = { title: 'It burns', description: 'In the hall', category: 'general', priority: 'low' };

const limits = ({ headers }: Answer<unknown>) => ({
  policy: headers.get('ratelimit-policy'),
  left: headers.get('ratelimit'),
  retry: headers.get('retry-after'),
});
const from = (address: string) => ({ 'x-forwarded-for': address });

describe('rate limits', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;
  let nobody: RestClient;

  async function start(settings: NodeJS.ProcessEnv, rateLimitWindow?: number): Promise<void> {
    desk = await startDesk(
      database.connection,
      settings,
      {},
      rateLimitWindow === undefined ? {} : { rateLimitWindow },
    );
    nobody = new RestClient(desk.url, {});
  }
  /** The same, with somebody whose password is known. */
  async function startWithMara(...settings: Parameters<typeof start>): Promise<void> {
    await start(...settings);
    await invite(MARA);
  }
  beforeEach(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
  });
  afterEach(async () => {
    await sql.end();
    await desk.stop();
    await database.drop();
  });

  async function invite(email: string): Promise<void> {
    const admin = new RestClient(desk.url);
    const { body } = await admin.post<{ link: { url: string } }>('/api/people', {
      name: 'Mara',
      email,
      role: 'agent',
    });
    const token = new URL(body.link.url).hash.slice(1);
    expect((await nobody.post('/api/auth/reset-password', { token, password: PASSWORD })).status).toBe(204);
  }
  const tryToSignIn = (password: string, email = MARA, headers: Record<string, string> = {}) =>
    nobody.post<Problem>('/api/auth/sign-in/email', { email, password }, headers);
  const statuses = async (calls: number, call: () => Promise<Answer<unknown>>) => {
    const all: number[] = [];
    for (let done = 0; done < calls; done += 1) all.push((await call()).status);
    return all;
  };
  const times = (count: number, status: number) => Array<number>(count).fill(status);

  it('a guesser is refused from the eleventh try on, with the right password too, and fills no table', async () => {
    const begun = performance.now();
    await startWithMara({ RATE_LIMIT_SIGN_IN: '' });
    const first = await tryToSignIn(WRONG);
    expect(first.status).toBe(401);
    expect(limits(first)).toEqual({
      policy: '"sign-in";q=10;w=60, "account";q=10;w=60',
      // A window begins with the first call, here the one that set the password.
      left: expect.stringMatching(/^"sign-in";r=9;t=\d\d, "account";r=9;t=60$/),
      retry: null,
    });
    expect(await statuses(9, () => tryToSignIn(WRONG))).toEqual(times(9, 401));
    expect(await statuses(15, () => tryToSignIn(WRONG))).toEqual(times(15, 429));
    const refused = await tryToSignIn(PASSWORD);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(refused.headers.getSetCookie()).toEqual([]);
    const { retry, left, policy } = limits(refused);
    expect(refused.body).toEqual({
      type: 'about:blank',
      title: 'Too many requests',
      status: 429,
      code: 'rate_limited',
      detail: `Too many calls; try again in ${retry} s`,
    });
    expect(policy).toBe('"sign-in";q=10;w=60');
    expect(left).toBe(`"sign-in";r=0;t=${retry}`);
    const seconds = (performance.now() - begun) / 1_000;
    expect(Number(retry)).toBeGreaterThanOrEqual(Math.floor(60 - seconds));
    expect(Number(retry)).toBeLessThanOrEqual(60);
    const { rows } = await sql.query(
      `select count(*)::int as failed from audit where action = 'sign_in_failed'`,
    );
    expect(rows).toEqual([{ failed: 10 }]);
  });

  it('wrong tries within the limit and a right one let somebody in, and a right one costs nothing', async () => {
    await startWithMara({ RATE_LIMIT_SIGN_IN: '3' });
    expect(await statuses(2, () => tryToSignIn(WRONG))).toEqual([401, 401]);
    expect(await statuses(5, () => tryToSignIn(PASSWORD))).toEqual(times(5, 200));
    expect(await statuses(2, () => tryToSignIn(WRONG))).toEqual([401, 429]);
  });

  it('works again after the seconds of Retry-After', async () => {
    await startWithMara({ RATE_LIMIT_SIGN_IN: '1' }, 2);
    // Nothing is hashed here: the two are in one window, or the next two are.
    const refused = await eventually(async () => {
      const answer = await nobody.post('/api/displays/open', { token: 'x' });
      expect(answer.status).toBe(429);
      return answer;
    });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(2);
    const told = performance.now();
    await eventually(async () => expect((await tryToSignIn(PASSWORD)).status).toBe(200));
    // Refused tries have not put it off; a busy machine may.
    expect(performance.now() - told).toBeLessThan(seconds * 1_000 + 5_000);
  });

  it('one account is guarded from many addresses, and its owner comes in from where they are known', async () => {
    await startWithMara({ RATE_LIMIT_SIGN_IN: '3', TRUST_PROXY: '1' });
    expect((await tryToSignIn(PASSWORD, MARA, from('203.0.113.1'))).status).toBe(200);
    for (const host of [11, 12, 13]) {
      expect((await tryToSignIn(WRONG, MARA, from(`203.0.113.${host}`))).status).toBe(401);
    }
    const stranger = await tryToSignIn(PASSWORD, ' MARA@Example.com ', from('203.0.113.14'));
    expect(stranger.status).toBe(429);
    expect(limits(stranger).left).toMatch(/^"account";r=0;t=\d\d$/);
    const elsewhere = await tryToSignIn(WRONG, 'other@example.com', from('203.0.113.14'));
    // What the account refused, the address did not count.
    expect(limits(elsewhere).left).toMatch(/^"sign-in";r=2;t=\d\d, "account";r=2;t=60$/);
    expect((await tryToSignIn(PASSWORD, MARA, from('203.0.113.1'))).status).toBe(200);
  });

  it('one IPv6 network is one address', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '2', TRUST_PROXY: 'loopback' });
    const guess = (address: string, email: string) => tryToSignIn(WRONG, email, from(address));
    expect((await guess('2001:db8:0:1::1', 'a@example.com')).status).toBe(401);
    expect((await guess('2001:db8:0:1:ffff::2', 'b@example.com')).status).toBe(401);
    expect((await guess('2001:db8:0:1:1:2:3:4', 'c@example.com')).status).toBe(429);
    expect((await guess('2001:db8:0:2::1', 'c@example.com')).status).toBe(401);
  });

  it('a forged X-Forwarded-For changes nothing where no proxy is trusted', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '2' });
    let host = 0;
    const guess = () => tryToSignIn(WRONG, `a${(host += 1)}@example.com`, from(`198.51.100.${host}`));
    expect(await statuses(4, guess)).toEqual([401, 401, 429, 429]);
  });

  it('neither a session nor a token helps to guess; bodies that are none count too', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '2' });
    const ann = await signIn(database.connection);
    const { headers } = await makeToken(database.connection, ann, ['tickets:read']);
    expect((await tryToSignIn(WRONG, MARA, ann.headers)).status).toBe(401);
    expect((await nobody.post('/api/auth/sign-in/email', { email: 7 }, headers)).status).toBe(400);
    expect((await tryToSignIn(WRONG, MARA, ann.headers)).status).toBe(429);
    expect((await tryToSignIn(WRONG, MARA, headers)).status).toBe(429);
  });

  it.each([
    ['/api/setup', { token: 'x', name: 'Eve', email: 'eve@example.com', password: PASSWORD }, 410],
    ['/api/auth/reset-password', { token: 'x', password: PASSWORD }, 410],
    ['/api/displays/open', { token: 'x' }, 410],
  ])('%s counts as a way in', async (path, body, status) => {
    await start({ RATE_LIMIT_SIGN_IN: '2' });
    expect(await statuses(4, () => nobody.post(path, body))).toEqual([status, status, 429, 429]);
    expect((await tryToSignIn(PASSWORD)).status).toBe(429);
  });

  it('a stolen session is no way to guess the password', async () => {
    await startWithMara({ RATE_LIMIT_SIGN_IN: '2' });
    const entered = await tryToSignIn(PASSWORD);
    const mara = new RestClient(desk.url, {
      cookie: entered.headers.getSetCookie()[0]!.split(';')[0]!,
      'sec-fetch-site': 'same-origin',
    });
    const guess = () =>
      mara.post('/api/me/password', { current_password: WRONG, password: 'another long password' });
    expect(await statuses(3, guess)).toEqual([400, 400, 429]);
  });

  it('counts who is not signed in when they submit and ask for suggestions, and nobody who is', async () => {
    await start({ RATE_LIMIT_CREATE: '', RATE_LIMIT_CLASSIFY: '' });
    const submit = () => nobody.post('/api/tickets', TICKET);
    const classify = () => nobody.post('/api/tickets/classify', { description: 'It burns' });
    const first = await submit();
    expect([first.status, limits(first)]).toEqual([
      201,
      { policy: '"create";q=10;w=60', left: '"create";r=9;t=60', retry: null },
    ]);
    expect(await statuses(11, submit)).toEqual([...times(9, 201), 429, 429]);
    const asked = await classify();
    expect([asked.status, limits(asked)]).toEqual([
      200,
      { policy: '"classify";q=20;w=60', left: '"classify";r=19;t=60', retry: null },
    ]);
    expect(await statuses(21, classify)).toEqual([...times(19, 200), 429, 429]);
    const agent = new RestClient(desk.url, AGENT.headers);
    const created = await agent.post('/api/tickets', TICKET);
    expect([created.status, limits(created)]).toEqual([201, { policy: null, left: null, retry: null }]);
    const { rows } = await sql.query('select count(*)::int as tickets from ticket');
    expect(rows).toEqual([{ tickets: 11 }]);
  });

  it('counts each token for itself, on every route', async () => {
    await start({ RATE_LIMIT_TOKEN: '3', RATE_LIMIT_CREATE: '1' });
    const [one, other] = await Promise.all(
      [1, 2].map(() => makeToken(database.connection, AGENT, ['tickets:read', 'tickets:write'])),
    );
    const script = new RestClient(desk.url, one!.headers);
    const first = await script.get('/api/tickets');
    expect(limits(first)).toEqual({ policy: '"token";q=3;w=60', left: '"token";r=2;t=60', retry: null });
    expect((await script.post('/api/tickets', TICKET)).status).toBe(201);
    expect((await script.get('/api/me')).status).toBe(200);
    const refused = await script.post('/api/tickets', TICKET);
    expect([refused.status, (refused.body as unknown as Problem).code]).toEqual([429, 'rate_limited']);
    expect((await new RestClient(desk.url, other!.headers).get('/api/tickets')).status).toBe(200);
  });

  it('without public intake only who is signed in may submit and ask', async () => {
    await start({ PUBLIC_INTAKE: 'false' });
    const ask = { description: 'It burns' };
    const refused = await nobody.post<Problem>('/api/tickets', TICKET);
    expect([refused.status, refused.body.code]).toEqual([401, 'unauthenticated']);
    expect((await nobody.post('/api/tickets/classify', ask)).status).toBe(401);
    const agent = new RestClient(desk.url, AGENT.headers);
    expect((await agent.post('/api/tickets', TICKET)).status).toBe(201);
    expect((await agent.post('/api/tickets/classify', ask)).status).toBe(200);
  });

  it('tell an address that shows many wrong tokens to wait, by REST and by sockets, and let good ones pass', async () => {
    await start({ RATE_LIMIT_SIGN_IN: '3', TRUST_PROXY: 'true' });
    const good = await makeToken(database.connection, AGENT, ['tickets:read']);
    const other = await makeToken(database.connection, AGENT, ['tickets:read']);
    const show = async (token: string, address = '203.0.113.9') =>
      nobody.get('/api/tickets', { authorization: `Bearer ${token}`, ...from(address) });
    const statuses = async (...calls: Promise<Answer<unknown>>[]) =>
      (await Promise.all(calls)).map(({ status }) => status);
    // What is good costs no try, however often.
    expect(await statuses(...Array.from({ length: 5 }, () => show(good.token)))).toEqual(Array(5).fill(200));
    expect(await statuses(show('sbx_a'), show('sbx_b'), show('sbx_c'))).toEqual([401, 401, 401]);
    const refused = await show('sbx_d');
    expect([refused.status, Number(limits(refused).retry)]).toEqual([429, expect.any(Number)]);
    expect(Number(limits(refused).retry)).toBeGreaterThan(0);
    // Good tokens are not kept out, also one that was never seen there; nor are other addresses.
    expect(await statuses(show(other.token), show(good.token), show('sbx_e', '198.51.100.1'))).toEqual([
      200, 200, 401,
    ]);
    expect(
      (await fetch(`${desk.url}/metrics`, { headers: { authorization: 'Bearer x', ...from('203.0.113.9') } }))
        .status,
    ).toBe(429);
    const socket = io(desk.url, {
      transports: ['websocket'],
      reconnection: false,
      auth: { token: 'sbx_f' },
      extraHeaders: from('203.0.113.9'),
    });
    const error = await new Promise<Error>((resolve) => void socket.once('connect_error', resolve));
    expect(error.message).toBe('rate_limited');
    socket.disconnect();
  });
});
