import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Scope } from '../src/contract/access.js';
import type { ApiToken, CreatedApiToken } from '../src/contract/credentials.js';
import type { Problem } from '../src/contract/problem.js';
import type { ApiTokenList } from '../src/contract/queries.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { RestClient } from './support/rest-client.js';
import { AGENT, type Member, signIn } from './support/sign-in.js';

const ALL: readonly Scope[] = ['tickets:read', 'tickets:write', 'admin'];
/** How long another process may go by what it knew, and what a busy machine adds to that. */
const REMEMBERED_MS = 3_000;
const MARGIN_MS = 5_000;

describe('tokens', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let admin: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    desk = await startDesk(database.connection);
    admin = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const as = ({ headers }: Pick<Member, 'headers'>) => new RestClient(desk.url, headers);
  const by = (token: string, at = desk) => new RestClient(at.url, { authorization: `Bearer ${token}` });
  async function make(fields: object = {}, owner = admin): Promise<CreatedApiToken> {
    const answer = await owner.post<CreatedApiToken>('/api/tokens', {
      name: 'a script',
      scopes: ['tickets:read'],
      ...fields,
    });
    expect(answer.status).toBe(201);
    return answer.body;
  }
  const listed = async (owner = admin): Promise<ApiToken[]> =>
    (await owner.get<ApiTokenList>('/api/tokens?page_size=100')).body.results;
  const stored = async () => Number((await sql.query('select from api_token')).rowCount);
  const records = async (id: string) =>
    (
      await sql.query<{ action: string; actor: { id: string }; details: unknown }>(
        `select action, actor, details from audit where target ->> 'id' = $1 order by id`,
        [id],
      )
    ).rows;

  describe('making one', () => {
    it('shows it once, and keeps it nowhere', async () => {
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const made = await make({ name: ' Nightly export ', scopes: ALL, expires_at: expiresAt });
      expect(made).toEqual({
        id: expect.any(String),
        name: 'Nightly export',
        scopes: ALL,
        expires_at: expiresAt,
        token: expect.stringMatching(/^sbx_[\w-]{43}$/),
      });
      expect((await by(made.token).get('/api/tickets')).status).toBe(200);
      const { token, ...shown } = made;
      // Its use is noted beside the request, not before its answer.
      const list = await eventually(async () => {
        const all = await listed();
        expect(all.find(({ id }) => id === made.id)).toEqual({
          ...shown,
          person: { id: AGENT.id, name: AGENT.name },
          created_at: expect.any(String),
          last_used_at: expect.any(String),
          revoked_at: null,
        });
        return all;
      });
      const record = await admin.get('/api/audit?page_size=100');
      const { rows } = await sql.query(
        `select t::text from api_token t union all select a::text from audit a`,
      );
      const everything = JSON.stringify([list, record.body, rows]);
      expect(everything).toContain('Nightly export');
      expect(everything).not.toContain(token.slice('sbx_'.length));
      expect(await records(made.id)).toEqual([
        {
          action: 'token_created',
          actor: { kind: 'agent', id: AGENT.id, name: AGENT.name },
          details: { scopes: ALL, expires_at: expiresAt },
        },
      ]);
    });

    it('gives no more than the role of its maker', async () => {
      const agent = as(await signIn(database.connection));
      const before = await stored();
      const answer = await agent.post<Problem>('/api/tokens', {
        name: 'x',
        scopes: ['tickets:read', 'admin'],
      });
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([{ field: 'scopes', message: expect.stringContaining('admin') }]);
      expect(await stored()).toBe(before);
      await make({ scopes: ['tickets:read', 'tickets:write'] }, agent);
    });

    it.each([
      ['scopes', { scopes: [] }],
      ['scopes.0', { scopes: ['everything'] }],
      ['name', { name: '  ' }],
      ['expires_at', { expires_at: new Date(Date.now() - 1).toISOString() }],
      ['expires_at', { expires_at: 'tomorrow' }],
      ['expires_at', { expires_at: '9999-12-31T23:59:59-14:00' }],
      ['person', { person: 'agent' }],
    ])('names %s when given %j', async (field, fields) => {
      const answer = await admin.post<Problem>('/api/tokens', { name: 'x', scopes: ['admin'], ...fields });
      expect(answer.status).toBe(400);
      expect(answer.body.errors?.map((error) => error.field)).toEqual([field]);
    });

    it('is for people, not for tokens', async () => {
      const { token } = await make({ scopes: ALL });
      expect((await by(token).post('/api/tokens', { name: 'x', scopes: ['tickets:read'] })).status).toBe(403);
      expect((await by(token).get('/api/tokens')).status).toBe(403);
      const nobody = new RestClient(desk.url, {});
      expect((await nobody.post('/api/tokens', { name: 'x', scopes: ['tickets:read'] })).status).toBe(401);
    });
  });

  describe('lists', () => {
    it('show people their own and administrators all, those that were revoked last', async () => {
      const [ann, ben] = [as(await signIn(database.connection)), as(await signIn(database.connection))];
      const [first, second] = [await make({}, ann), await make({}, ann)];
      const other = await make({}, ben);
      await ann.delete(`/api/tokens/${second.id}`);
      expect((await listed(ann)).map(({ id }) => id)).toEqual([first.id, second.id]);
      expect((await listed(ben)).map(({ id }) => id)).toEqual([other.id]);
      const all = await listed();
      expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([first.id, second.id, other.id]));
      expect(all.findIndex(({ revoked_at: at }) => at !== null)).toBeGreaterThan(
        all.findLastIndex(({ revoked_at: at }) => at === null),
      );
    });
  });

  describe('revoking', () => {
    it('ends a token at once, and only the first time is recorded', async () => {
      const ann = await signIn(database.connection);
      const { id, token } = await make({}, as(ann));
      expect((await by(token).get('/api/tickets')).status).toBe(200);
      for (let times = 0; times < 2; times += 1) {
        expect((await as(ann).delete(`/api/tokens/${id}`)).status).toBe(204);
      }
      expect((await by(token).get('/api/tickets')).status).toBe(401);
      expect((await records(id)).map(({ action, actor }) => [action, actor.id])).toEqual([
        ['token_created', ann.id],
        ['token_revoked', ann.id],
      ]);
    });

    it("of another's token is for administrators; others do not learn that it is there", async () => {
      const [ann, ben] = [await signIn(database.connection), await signIn(database.connection)];
      const { id, token } = await make({}, as(ann));
      const unknown = await as(ben).delete(`/api/tokens/${randomUUID()}`);
      const foreign = await as(ben).delete(`/api/tokens/${id}`);
      expect(foreign.status).toBe(404);
      expect(foreign.body).toEqual(unknown.body);
      expect((await by(token).get('/api/tickets')).status).toBe(200);
      expect((await admin.delete(`/api/tokens/${id}`)).status).toBe(204);
      expect((await by(token).get('/api/tickets')).status).toBe(401);
      expect((await records(id)).at(-1)).toMatchObject({
        actor: { id: AGENT.id },
        details: { person: ann.id },
      });
      expect((await admin.delete('/api/tokens/none')).status).toBe(400);
    });
  });

  describe('while it lives', () => {
    it('ends when its time is over', async () => {
      const { id, token } = await make({ expires_at: new Date(Date.now() + 3_600_000).toISOString() });
      expect((await by(token).get('/api/tickets')).status).toBe(200);
      // An hour passes.
      await sql.query(`update api_token set expires_at = expires_at - interval '1 hour' where id = $1`, [id]);
      await eventually(async () => expect((await by(token).get('/api/tickets')).status).toBe(401));
    });

    it('loses what its maker loses: at once here, within 3 s elsewhere', async () => {
      const elsewhere = await startDesk(database.connection);
      try {
        const maker = await signIn(database.connection, { role: 'admin' });
        const { token } = await make({ scopes: ALL }, as(maker));
        for (const at of [desk, elsewhere]) {
          expect((await by(token, at).get('/api/people')).status).toBe(200);
        }
        await admin.patch(`/api/people/${maker.id}`, { role: 'agent' });
        const since = performance.now();
        const { id } = await admin.create();
        expect((await by(token).get('/api/people')).status).toBe(403);
        expect((await by(token).delete(`/api/tickets/${id}`)).status).toBe(403);
        await eventually(async () => {
          expect((await by(token, elsewhere).get('/api/people')).status).toBe(403);
        });
        expect(performance.now() - since).toBeLessThan(REMEMBERED_MS + MARGIN_MS);
        // What it had as an agent's token it has still.
        for (const at of [desk, elsewhere]) {
          expect((await by(token, at).get('/api/tickets')).status).toBe(200);
          expect((await by(token, at).patch(`/api/tickets/${id}`, { status: 'closed' })).status).toBe(200);
        }
      } finally {
        await elsewhere.stop();
      }
    });
  });
});
