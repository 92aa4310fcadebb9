import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Ready } from '../src/contract/health.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { lockWaiter } from './support/lock-waiter.js';
import { RestClient } from './support/rest-client.js';
import { severable, type SeverableConnection } from './support/severable-connection.js';

const ADA = { name: 'Ada', email: 'ada@example.com' };
const PASSWORD = 'a long enough password';
/** More than the connections of the pool. */
const MANY = 40;

/** A database that is there, but does not answer as it should: the desk goes on, and says what it cannot do. */
describe('a database that hangs', () => {
  let database: TestDatabase;
  let way: SeverableConnection;
  let desk: Desk;
  let sql: pg.Client;
  let holder: pg.Client;
  let agent: RestClient;

  const fixtures = new AsyncDisposableStack();

  beforeAll(async () => {
    database = fixtures.use(await createTestDatabase());
    way = fixtures.use(await severable(database.connection));
    sql = fixtures.adopt(new pg.Client(database.connection), (client) => client.end());
    await sql.connect();
    holder = new pg.Client(database.connection);
    await holder.connect();
    desk = fixtures.adopt(
      await startDesk(way.connection, {}, {}, { databaseLimits: { lockMs: 500, queryMs: 1_500 } }),
      (started) => started.stop(),
    );
    // Ended first: nothing that ends may wait for what it holds.
    fixtures.defer(() => holder.end());
    agent = new RestClient(desk.url);
  });
  afterAll(() => fixtures.disposeAsync());

  it('keeps only those waiting who want a row that somebody has locked, and those not for long', async () => {
    const [locked, free] = [await agent.create(), await agent.create()];
    await holder.query('begin');
    await holder.query('select from ticket where id = $1 for update', [locked.id]);
    const waiting = Array.from({ length: MANY }, () =>
      agent.patch(`/api/tickets/${locked.id}`, { priority: 'high' }),
    );
    await lockWaiter(sql, 'update ticket');
    const others = agent.get(`/api/tickets/${free.id}`);
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(waiting.map(() => 503));
    expect((await others).status).toBe(200);
    await holder.query('rollback');
    expect((await agent.patch(`/api/tickets/${locked.id}`, { priority: 'high' })).status).toBe(200);
  });

  it('that takes bytes and never answers is given up, and new connections serve again', async () => {
    const { id } = await agent.create();
    const many = () =>
      Promise.all(Array.from({ length: MANY }, async () => (await agent.get(`/api/tickets/${id}`)).status));
    expect(await many()).toEqual(Array.from({ length: MANY }, () => 200));
    way.stall();
    expect(await many()).toContain(503);
    await eventually(async () => {
      expect((await agent.get<Ready>('/api/health/ready')).body.checks.database).toBe('up');
      expect(await many()).toEqual(Array.from({ length: MANY }, () => 200));
    });
  });

  it('that goes in the middle of a sign-in ends that sign-in and nothing else', async () => {
    // It waits for a lock for longer than a busy machine takes to see that it does.
    await using opened = new AsyncDisposableStack();
    const patient = opened.adopt(await startDesk(way.connection), (started) => started.stop());
    const nobody = new RestClient(patient.url, {});
    const { body } = await agent.post<{ link: { url: string } }>('/api/people', { ...ADA, role: 'agent' });
    const token = new URL(body.link.url).hash.slice(1);
    await nobody.post('/api/auth/reset-password', { token, password: PASSWORD });
    await holder.query('begin; lock table session in exclusive mode');
    const signingIn = nobody.post('/api/auth/sign-in/email', { email: ADA.email, password: PASSWORD });
    await lockWaiter(sql, 'insert into "session"');
    await way.cut();
    expect((await signingIn).status).toBe(503);
    expect((await nobody.get('/api/health/live')).status).toBe(200);
    await holder.query('rollback');
    await way.restore();
    await eventually(async () =>
      expect(
        (await nobody.post('/api/auth/sign-in/email', { email: ADA.email, password: PASSWORD })).status,
      ).toBe(200),
    );
  });
});
