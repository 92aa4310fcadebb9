import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { CreatedDisplay } from '../src/contract/credentials.js';
import type { Problem } from '../src/contract/problem.js';
import type { DisplayList } from '../src/contract/queries.js';
import type { Me } from '../src/contract/session.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { RestClient } from './support/rest-client.js';
import { AGENT, makeToken, signIn } from './support/sign-in.js';

describe('displays', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let admin: RestClient;
  let nobody: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    desk = await startDesk(database.connection);
    admin = new RestClient(desk.url);
    nobody = new RestClient(desk.url, {});
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  async function make(name = 'Lobby', by = admin): Promise<{ made: CreatedDisplay; secret: string }> {
    const { status, body } = await by.post<CreatedDisplay>('/api/displays', { name });
    expect(status).toBe(201);
    return { made: body, secret: new URL(body.url).hash.slice(1) };
  }
  const open = (token: string) => nobody.post<Me | Problem>('/api/displays/open', { token });
  /** The screen, once it has opened its link. */
  async function screen(secret: string): Promise<RestClient> {
    const { headers } = await open(secret);
    const cookie = headers.getSetCookie().map((set) => set.split(';')[0]!);
    return new RestClient(desk.url, { cookie: cookie.join('; ') });
  }

  it('get a link that opens the wall and nothing else, and that is kept nowhere', async () => {
    const { made, secret } = await make('  Lobby ');
    expect(made).toEqual({ id: expect.any(String), name: 'Lobby', url: `${desk.url}/display#${secret}` });
    expect(secret).toMatch(/^sbd_[\w-]{43}$/);
    expect((await open(secret)).body).toMatchObject({
      kind: 'display',
      display: { id: made.id, name: 'Lobby' },
    });
    const lobby = await screen(secret);
    expect((await lobby.get('/api/tickets/stats')).status).toBe(200);
    for (const path of ['/api/tickets', '/api/displays', '/api/tokens', '/api/people', '/api/audit']) {
      expect((await lobby.get(path)).status).toBe(403);
    }
    // Its use is noted beside the request, not before its answer.
    const results = await eventually(async () => {
      const list = (await admin.get<DisplayList>('/api/displays')).body.results;
      expect(list.find(({ id }) => id === made.id)).toEqual({
        id: made.id,
        name: 'Lobby',
        created_at: expect.any(String),
        last_seen_at: expect.any(String),
        revoked_at: null,
      });
      return list;
    });
    const audit = await admin.get('/api/audit');
    const { rows } = await sql.query(`select d::text from display d union all select a::text from audit a`);
    const everything = JSON.stringify([results, audit.body, rows]);
    expect(everything).toContain('display_created');
    expect(everything).not.toContain(secret.slice('sbd_'.length));
  });

  it('are recorded when opened, but not each time that the same place does it again', async () => {
    const { made, secret } = await make('Corridor');
    for (let times = 0; times < 5; times += 1) expect((await open(secret)).status).toBe(200);
    const { rows } = await sql.query(
      `select actor ->> 'name' as by from audit where action = 'display_opened' and target ->> 'id' = $1`,
      [made.id],
    );
    expect(rows).toEqual([{ by: 'Corridor' }]);
  });

  it('are dark at once when revoked, and their links open nothing more', async () => {
    const { made, secret } = await make();
    const { secret: otherSecret } = await make('Other');
    const [lobby, other] = [await screen(secret), await screen(otherSecret)];
    expect((await lobby.get('/api/tickets/stats')).status).toBe(200);
    for (let times = 0; times < 2; times += 1) {
      expect((await admin.delete(`/api/displays/${made.id}`)).status).toBe(204);
    }
    expect((await lobby.get('/api/tickets/stats')).status).toBe(401);
    expect((await other.get('/api/tickets/stats')).status).toBe(200);
    expect((await open(secret)).status).toBe(410);
    const { rows } = await sql.query<{ action: string }>(
      `select action from audit where target ->> 'id' = $1 order by id`,
      [made.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'display_created',
      'display_opened',
      'display_revoked',
    ]);
    expect((await admin.get<DisplayList>('/api/displays')).body.results.at(-1)).toMatchObject({
      id: made.id,
      revoked_at: expect.any(String),
    });
  });

  it('are for administrators and their tokens', async () => {
    const agent = new RestClient(desk.url, (await signIn(database.connection)).headers);
    const token = await makeToken(database.connection, AGENT, ['admin']);
    const { made } = await make('By a token', new RestClient(desk.url, token.headers));
    expect((await agent.post('/api/displays', { name: 'x' })).status).toBe(403);
    expect((await agent.get('/api/displays')).status).toBe(403);
    expect((await agent.delete(`/api/displays/${made.id}`)).status).toBe(403);
    expect((await nobody.get('/api/displays')).status).toBe(401);
  });

  it('need a name, and an id that is there', async () => {
    expect((await admin.post('/api/displays', { name: ' ' })).status).toBe(400);
    expect((await admin.post('/api/displays', { name: 'x'.repeat(101) })).status).toBe(400);
    expect((await admin.delete(`/api/displays/${randomUUID()}`)).status).toBe(404);
    expect((await admin.delete('/api/displays/lobby')).status).toBe(400);
  });
});
