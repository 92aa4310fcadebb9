import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Role } from '../src/contract/access.js';
import type { Me } from '../src/contract/session.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { CLIENT, type FakeOidc, startFakeOidc } from './support/fake-oidc.js';
import { RestClient } from './support/rest-client.js';

const BEGIN = '/api/auth/sign-in/oidc';

describe('single sign-on', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let provider: FakeOidc;
  let desk: Desk;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    provider = await startFakeOidc();
    desk = await startDesk(database.connection, {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: 'Example',
    });
  });
  afterAll(async () => {
    await desk.stop();
    await provider.stop();
    await sql.end();
    await database.drop();
  });
  beforeEach(() => provider.forge(false));

  /** A browser that keeps cookies and follows one redirect at a time. */
  class Browser {
    readonly #cookies = new Map<string, string>();

    constructor(private readonly origin = desk.url) {}

    async go(url: string): Promise<{ status: number; location: string }> {
      const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
      const response = await fetch(new URL(url, this.origin), { redirect: 'manual', headers: { cookie } });
      for (const set of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
        if (value === '') this.#cookies.delete(name!);
        else this.#cookies.set(name!, value!);
      }
      return { status: response.status, location: response.headers.get('location') ?? '' };
    }
    async me(): Promise<Me> {
      const session = this.#cookies.get('signalbox.session_token');
      const cookie = session === undefined ? '' : `signalbox.session_token=${session}`;
      return (await new RestClient(desk.url, { cookie }).get<Me>('/api/me')).body;
    }
  }

  /** Where a browser lands that goes all the way. */
  async function land(browser = new Browser()): Promise<{ browser: Browser; at: string }> {
    const away = await browser.go(BEGIN);
    expect(away.location).toContain(provider.issuer);
    const back = await browser.go(away.location);
    const { status, location } = await browser.go(back.location);
    expect(status).toBe(302);
    return { browser, at: location };
  }
  const REFUSED = '/sign-in?single_sign_on=refused';

  async function person(role: Role = 'agent'): Promise<{ id: string; email: string }> {
    const email = `${randomUUID()}@example.com`;
    const { rows } = await sql.query<{ id: string }>(
      `insert into person (name, email, role) values ('Ida', $1, $2) returning id`,
      [email, role],
    );
    return { id: rows[0]!.id, email };
  }
  const lastRecord = async () =>
    (
      await sql.query<{ action: string; actor: object; details: object }>(
        'select action, actor, details from audit order by id desc limit 1',
      )
    ).rows[0];

  it('is told of by name, and is no route where it is not set', async () => {
    expect((await new Browser().me()).single_sign_on).toEqual({ name: 'Example' });
    const bare = await startDesk(database.connection);
    try {
      const nobody = new RestClient(bare.url, {});
      expect((await nobody.get<Me>('/api/me')).body.single_sign_on).toBeNull();
      expect((await nobody.get(BEGIN)).status).toBe(404);
      expect((await nobody.get('/api/auth/oidc/callback?code=1&state=2')).status).toBe(404);
    } finally {
      await bare.stop();
    }
  });

  it('lets somebody in who is here, by the address that the provider has verified, and records it', async () => {
    const { id, email } = await person('admin');
    provider.is({ sub: id, email: email.toUpperCase(), email_verified: true });
    const { browser, at } = await land();
    expect(at).toBe('/');
    expect(await browser.me()).toMatchObject({ kind: 'person', person: { id, role: 'admin' } });
    expect(await lastRecord()).toEqual({
      action: 'sign_in',
      actor: { kind: 'agent', id, name: 'Ida' },
      details: { by: 'single sign-on' },
    });
    // Nothing that the provider gave is kept but who it is.
    const { rows } = await sql.query(
      'select access_token, id_token, refresh_token, password from account where person_id = $1',
      [id],
    );
    expect(rows).toEqual([{ access_token: null, id_token: null, refresh_token: null, password: null }]);
  });

  it('knows somebody again whose address at the provider has changed', async () => {
    const { id, email } = await person();
    provider.is({ sub: id, email, email_verified: true });
    await land();
    provider.is({ sub: id, email: 'married@example.com', email_verified: true });
    expect((await (await land()).browser.me()).person?.id).toBe(id);
  });

  it('does not let in whom nobody invited, nor an address that is not verified or was given to another', async () => {
    const people = async () => (await sql.query('select from person')).rowCount;
    const { id, email } = await person();
    const before = await people();
    for (const claims of [
      { sub: 'new', email: 'new@example.com', email_verified: true },
      { sub: 'unverified', email, email_verified: false },
      { sub: 'silent', email },
      { sub: 'bare' },
    ]) {
      provider.is(claims);
      const { browser, at } = await land();
      expect(at).toBe(REFUSED);
      expect((await browser.me()).kind).toBe('requester');
      expect(await lastRecord()).toMatchObject({ action: 'sign_in_failed', details: { reason: 'unknown' } });
    }
    expect(await people()).toBe(before);

    provider.is({ sub: id, email, email_verified: true });
    expect((await land()).at).toBe('/');
    provider.is({ sub: 'successor', email, email_verified: true });
    expect((await land()).at).toBe(REFUSED);
    // Until an administrator gives them the address here.
    const admin = new RestClient(desk.url);
    await admin.patch(`/api/people/${id}`, { email: `${randomUUID()}@example.com` });
    await admin.patch(`/api/people/${id}`, { email });
    expect((await land()).at).toBe('/');
  });

  it('does not let in who is disabled, known or new', async () => {
    const { id, email } = await person();
    provider.is({ sub: id, email, email_verified: true });
    await land();
    await sql.query('update person set disabled_at = now() where id = $1', [id]);
    expect((await land()).at).toBe(REFUSED);
    expect(await lastRecord()).toMatchObject({ details: { reason: 'disabled', email } });
  });

  it('takes no answer but to its own question, in the same browser, once, and signed by the provider', async () => {
    const { id, email } = await person();
    provider.is({ sub: id, email, email_verified: true });
    const browser = new Browser();
    const back = (await browser.go((await browser.go(BEGIN)).location)).location;
    const forgedState = back.replace(/state=[^&]+/, 'state=forged');
    // Somebody else's browser, led here with this answer.
    expect((await new Browser().go(back)).location).toBe(REFUSED);
    const other = new Browser();
    await other.go(BEGIN);
    expect((await other.go(back)).location).toBe(REFUSED);
    expect((await browser.go(forgedState)).location).toBe(REFUSED);
    expect((await browser.go(back)).location).toBe(REFUSED);

    provider.forge(true);
    expect((await land()).at).toBe(REFUSED);
    provider.forge(false);
    const { browser: honest, at } = await land();
    expect(at).toBe('/');
    expect((await honest.me()).person?.id).toBe(id);
  });

  it('counts the tries that fail, which fill no table, and none that succeeds', async () => {
    const limited = await startDesk(database.connection, {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      RATE_LIMIT_SIGN_IN: '3',
    });
    try {
      const { id, email } = await person();
      provider.is({ sub: id, email, email_verified: true });
      for (let times = 0; times < 5; times += 1) expect((await land(new Browser(limited.url))).at).toBe('/');
      const attempt = Buffer.from('{"state":"s","nonce":"n","verifier":"v"}').toString('base64url');
      const forged = () =>
        fetch(`${limited.url}/api/auth/oidc/callback?code=guessed&state=s`, {
          redirect: 'manual',
          headers: { cookie: `signalbox.oidc=${attempt}` },
        });
      const records = async () =>
        (await sql.query<{ count: number }>('select count(*)::int as count from audit')).rows[0]!.count;
      const before = await records();
      const answers = [];
      for (let times = 0; times < 8; times += 1) answers.push(await forged());
      expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 429, 429, 429, 429, 429]);
      expect(answers[0]!.headers.get('location')).toBe(REFUSED);
      expect(answers[3]!.headers.get('ratelimit')).toMatch(/^"single-sign-on";r=0;t=\d+$/);
      expect((await records()) - before).toBe(3);
    } finally {
      await limited.stop();
    }
  });

  it('says so on the sign-in page while the provider is away, and works once it is back', async () => {
    const before = await startFakeOidc();
    await before.stop();
    const early = await startDesk(database.connection, {
      OIDC_ISSUER: before.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
    });
    const begin = async () =>
      (await fetch(early.url + BEGIN, { redirect: 'manual' })).headers.get('location');
    try {
      expect(await begin()).toBe('/sign-in?single_sign_on=unavailable');
      const back = await startFakeOidc(Number(new URL(before.issuer).port));
      try {
        expect(await begin()).toContain(`${before.issuer}/authorize`);
      } finally {
        await back.stop();
      }
    } finally {
      await early.stop();
    }
  });
});
