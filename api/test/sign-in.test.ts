import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { CredentialPurge } from '../src/auth/credential-purge.js';
import { secretHash } from '../src/auth/secrets.js';
import type { Me } from '../src/contract/session.js';
import { Database } from '../src/database/database.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { lockWaiter } from './support/lock-waiter.js';
import { RestClient } from './support/rest-client.js';
import { AGENT, makeDisplay, makeToken, signIn } from './support/sign-in.js';

const PASSWORD = 'a long enough password';

describe('signing in', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;
  let nobody: RestClient;
  const admin = () => new RestClient(desk.url);

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection);
    sql = new pg.Client(database.connection);
    await sql.connect();
    nobody = new RestClient(desk.url, {});
  });
  afterAll(async () => {
    await sql.end();
    await desk.stop();
    await database.drop();
  });

  /** Somebody with a password, through an administrator's link as in life. */
  async function invite(name: string, email: string): Promise<string> {
    const { body } = await admin().post<{ person: { id: string }; link: { url: string } }>('/api/people', {
      name,
      email,
      role: 'agent',
    });
    const token = new URL(body.link.url).hash.slice(1);
    const set = await nobody.post('/api/auth/reset-password', { token, password: PASSWORD });
    expect(set.status).toBe(204);
    return body.person.id;
  }
  const sessionOf = (headers: Headers) => headers.getSetCookie().map((cookie) => cookie.split(';')[0]!);

  it('opens a session by address and password, whatever the case of the address', async () => {
    const id = await invite('Mara', 'mara@example.com');
    const answer = await nobody.post<Me>('/api/auth/sign-in/email', {
      email: 'Mara@Example.com',
      password: PASSWORD,
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ kind: 'person', person: { id, name: 'Mara', role: 'agent' } });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^signalbox\.session_token=\S{20,}; /);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    const mara = new RestClient(desk.url, { cookie: sessionOf(answer.headers)[0]! });
    expect((await mara.get<Me>('/api/me')).body.person).toEqual({
      id,
      name: 'Mara',
      email: 'mara@example.com',
      role: 'agent',
    });
    expect((await mara.get('/api/tickets')).status).toBe(200);
  });

  it('says the same of an unknown address as of a wrong password', async () => {
    await invite('Nils', 'nils@example.com');
    const wrong = await nobody.post('/api/auth/sign-in/email', { email: 'nils@example.com', password: 'no' });
    const unknown = await nobody.post('/api/auth/sign-in/email', { email: 'x@example.com', password: 'no' });
    expect(wrong.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it('lets nobody in who is disabled, with the right password too', async () => {
    const id = await invite('Otto', 'otto@example.com');
    await sql.query('update person set disabled_at = now() where id = $1', [id]);
    const answer = await nobody.post('/api/auth/sign-in/email', {
      email: 'otto@example.com',
      password: PASSWORD,
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await sql.query('select from session where person_id = $1', [id])).rowCount).toBe(0);
  });

  it('takes a password link once', async () => {
    const person = await signIn(database.connection, { name: 'Pia' });
    const { body } = await admin().post<{ url: string }>(`/api/people/${person.id}/password-link`, undefined);
    const command = { token: new URL(body.url).hash.slice(1), password: PASSWORD };
    expect((await nobody.post('/api/auth/reset-password', command)).status).toBe(204);
    expect(await nobody.post('/api/auth/reset-password', command)).toMatchObject({
      status: 410,
      body: { code: 'gone' },
    });
    expect((await new RestClient(desk.url, person.headers).get('/api/tickets')).status).toBe(401);
  });

  it('opens nothing with a password that is replaced while it is checked', async () => {
    const email = 'rae@example.com';
    const id = await invite('Rae', email);
    const { body } = await admin().post<{ url: string }>(`/api/people/${id}/password-link`, undefined);
    const token = new URL(body.url).hash.slice(1);
    const holder = new pg.Client(database.connection);
    await holder.connect();
    // The new session waits for its person, after the password was found right.
    await holder.query('begin');
    await holder.query('select from person where id = $1 for update', [id]);
    const late = nobody.post('/api/auth/sign-in/email', { email, password: PASSWORD });
    try {
      await lockWaiter(sql, 'insert into "session"');
      const reset = await nobody.post('/api/auth/reset-password', { token, password: `${PASSWORD} now` });
      expect(reset.status).toBe(204);
    } finally {
      await holder.end();
    }
    expect((await late).status).toBe(401);
    const { rows } = await sql.query('select from session where person_id = $1', [id]);
    expect(rows).toHaveLength(0);
    const again = await nobody.post('/api/auth/sign-in/email', { email, password: `${PASSWORD} now` });
    expect(again.status).toBe(200);
  });

  it('changes no password that is replaced while the old one is checked', async () => {
    const email = 'sol@example.com';
    const id = await invite('Sol', email);
    const entered = await nobody.post('/api/auth/sign-in/email', { email, password: PASSWORD });
    const cookie = sessionOf(entered.headers).join('; ');
    const sol = new RestClient(desk.url, { cookie, 'sec-fetch-site': 'same-origin' });
    const holder = new pg.Client(database.connection);
    await holder.connect();
    await holder.query('begin');
    await holder.query(`update account set password = 'of the reset' where person_id = $1`, [id]);
    const change = { current_password: PASSWORD, password: `${PASSWORD} by whoever knows the old one` };
    const late = sol.post('/api/me/password', change);
    try {
      await lockWaiter(sql, 'account');
      await holder.query('commit');
    } finally {
      await holder.end();
    }
    expect((await late).status).toBe(400);
    const { rows } = await sql.query('select password from account where person_id = $1', [id]);
    expect(rows).toEqual([{ password: 'of the reset' }]);
  });

  it('takes text that is no address for an unknown one', async () => {
    for (const email of ['', 'nobody', 'a\0b@example.com', '\ud800@example.com', 'x'.repeat(320)]) {
      const answer = await nobody.post('/api/auth/sign-in/email', { email, password: PASSWORD });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });

  it('signs out: the cookie is no use any more', async () => {
    const { headers } = await signIn(database.connection);
    const client = new RestClient(desk.url, headers);
    expect((await client.get('/api/tickets')).status).toBe(200);
    expect((await client.post('/api/auth/sign-out', undefined)).status).toBe(204);
    expect((await client.get('/api/tickets')).status).toBe(401);
    expect((await client.get<Me>('/api/me')).body.kind).toBe('requester');
  });

  it('changes the own password, knowing the old one, and ends the other sessions', async () => {
    const id = await invite('Rosa', 'rosa@example.com');
    const open = async (password: string) => {
      const answer = await nobody.post('/api/auth/sign-in/email', { email: 'rosa@example.com', password });
      return { status: answer.status, cookie: sessionOf(answer.headers)[0] ?? '' };
    };
    const here = new RestClient(desk.url, {
      cookie: (await open(PASSWORD)).cookie,
      'sec-fetch-site': 'same-origin',
    });
    const there = new RestClient(desk.url, { cookie: (await open(PASSWORD)).cookie });
    const next = 'another long password';
    const wrong = await here.post('/api/me/password', { current_password: 'no', password: next });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'current_password' }] } });
    const right = await here.post('/api/me/password', { current_password: PASSWORD, password: next });
    expect(right.status).toBe(204);
    expect((await here.get<Me>('/api/me')).body.person?.id).toBe(id);
    expect((await there.get<Me>('/api/me')).body.kind).toBe('requester');
    expect((await open(PASSWORD)).status).toBe(401);
    expect((await open(next)).status).toBe(200);
  });

  it('does not take a write with a cookie from a page of somebody else', async () => {
    const { cookie } = await signIn(database.connection);
    const write = (headers: Record<string, string>) =>
      new RestClient(desk.url, { cookie }).post('/api/tickets', { title: 'T', description: 'D' }, headers);
    const { host } = new URL(desk.url);
    expect((await write({})).status).toBe(403);
    expect((await write({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await write({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await write({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await write({ origin: 'null', 'sec-fetch-site': 'same-origin' })).status).toBe(403);
    expect((await write({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await write({ origin: `http://${host}` })).status).toBe(201);
  });

  it('takes a token before a cookie, and an unknown token as nobody at all', async () => {
    const ann = await signIn(database.connection);
    const { headers, id } = await makeToken(database.connection, ann, ['tickets:read']);
    const both = new RestClient(desk.url, { ...AGENT.headers, ...headers });
    expect((await both.get<Me>('/api/me')).body).toMatchObject({ kind: 'token', scopes: ['tickets:read'] });
    expect((await both.post('/api/tickets', { title: 'T', description: 'D' })).status).toBe(403);
    for (const authorization of ['Bearer sbx_unknown', 'Basic YTpi', 'Bearer']) {
      const answer = await new RestClient(desk.url, { authorization }).get('/api/me');
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
    await sql.query('update api_token set revoked_at = now() where id = $1', [id]);
  });

  it('takes a cookie that can be no secret for none', async () => {
    for (const value of ['%00', '%ff', '', 'x'.repeat(5_000), 'a b', '%F0%9F%92%A9']) {
      const cookie = `signalbox.session_token=${value}; signalbox.display=${value}`;
      const me = await new RestClient(desk.url, { cookie }).get<Me>('/api/me');
      expect(me).toMatchObject({ status: 200, body: { kind: 'requester' } });
    }
  });

  it('removes sessions and links once they have expired, and no others', async () => {
    const stale = await signIn(database.connection);
    const fresh = await signIn(database.connection);
    await sql.query(`update session set expires_at = now() - interval '1 s' where person_id = $1`, [
      stale.id,
    ]);
    await desk.app.get(CredentialPurge).purge();
    const { rows } = await sql.query('select person_id from session where person_id = any ($1)', [
      [stale.id, fresh.id],
    ]);
    expect(rows).toEqual([{ person_id: fresh.id }]);
  });

  it('tells a screen from a person, and lets it see figures only', async () => {
    const { headers } = await makeDisplay(database.connection);
    const screen = new RestClient(desk.url, headers);
    expect((await screen.get<Me>('/api/me')).body).toMatchObject({
      kind: 'display',
      display: { name: 'a screen' },
    });
    expect((await screen.get('/api/tickets/stats')).status).toBe(200);
    expect((await screen.get('/api/tickets')).status).toBe(403);
  });

  it('exchanges a display link for a cookie, until it is revoked', async () => {
    const { secret, id } = await makeDisplay(database.connection);
    const opened = await nobody.post<Me>('/api/displays/open', { token: secret });
    expect(opened).toMatchObject({ status: 200, body: { kind: 'display' } });
    expect(opened.headers.getSetCookie()[0]).toMatch(/^signalbox\.display=sbd_\S+; .*HttpOnly/);
    await sql.query('update display set revoked_at = now() where id = $1', [id]);
    expect((await nobody.post('/api/displays/open', { token: secret })).status).toBe(410);
  });
});

describe('the first administrator', () => {
  const settings = { ADMIN_EMAIL: 'Root@Example.com', ADMIN_PASSWORD: PASSWORD };
  const withoutAnybody = async (work: (database: TestDatabase) => Promise<void>) => {
    await using database = await createTestDatabase();
    const client = new pg.Client(database.connection);
    await client.connect();
    await client.query('delete from person');
    await client.end();
    await work(database);
  };
  /** As if the desk's link had been printed so long ago. */
  const age = ({ app, setUpToken }: Desk, hours: number) =>
    app
      .get(Database)
      .execute(
        `update secret set created_at = created_at - $1::float8 * interval '1 hour' where value = $2`,
        [hours, secretHash(setUpToken!)],
      );

  it('is the one of the settings when there is none, and stays as it was afterwards', () =>
    withoutAnybody(async (database) => {
      for (const password of [PASSWORD, 'another long password']) {
        const desk = await startDesk(database.connection, { ...settings, ADMIN_PASSWORD: password });
        const client = new RestClient(desk.url, {});
        const email = 'root@example.com';
        const signedIn = await client.post<Me>('/api/auth/sign-in/email', { email, password: PASSWORD });
        expect(signedIn).toMatchObject({ status: 200, body: { person: { role: 'admin' } } });
        expect(signedIn.body.setup_needed).toBe(false);
        await desk.stop();
      }
    }));

  it('is made by the link on the console, once, by one of many at the same time', () =>
    withoutAnybody(async (database) => {
      const desk = await startDesk(database.connection);
      const client = new RestClient(desk.url, {});
      expect((await client.get<Me>('/api/me')).body.setup_needed).toBe(true);
      const token = desk.setUpToken!;
      const command = (n: number) => ({
        token,
        name: 'Root',
        email: `r${n}@example.com`,
        password: PASSWORD,
      });
      const wrong = await client.post('/api/setup', { ...command(0), token: 'sbs_guessed' });
      expect(wrong.status).toBe(410);
      const answers = await Promise.all([1, 2, 3, 4].map((n) => client.post('/api/setup', command(n))));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410, 410]);
      expect((await client.get<Me>('/api/me')).body.setup_needed).toBe(false);
      expect((await client.post('/api/setup', command(5))).status).toBe(410);
      await desk.stop();
    }));

  it('is made by the link of any process within a day, and then all links are spent', () =>
    withoutAnybody(async (database) => {
      const desks = await Promise.all([1, 2, 3].map(() => startDesk(database.connection)));
      const follow = (desk: Desk, token: string | null) =>
        new RestClient(desk.url, {}).post('/api/setup', {
          token,
          name: 'Root',
          email: 'root@example.com',
          password: PASSWORD,
        });
      const [first, second, third] = desks as [Desk, Desk, Desk];
      expect(new Set(desks.map(({ setUpToken }) => setUpToken)).size).toBe(3);
      await age(second, 25);
      await age(first, 23);
      expect((await follow(second, second.setUpToken)).status).toBe(410);
      expect((await follow(third, first.setUpToken)).status).toBe(201);
      for (const { setUpToken } of desks) expect((await follow(second, setUpToken)).status).toBe(410);
      expect((await new RestClient(second.url, {}).get<Me>('/api/me')).body.setup_needed).toBe(false);
      await Promise.all(desks.map((desk) => desk.stop()));
    }));
});
