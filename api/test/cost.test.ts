import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

import type { FeedEnvelope } from '../src/contract/socket.js';
import { SeriesProjector } from '../src/series/series-projector.js';
import { SearchLearning } from '../src/tickets/search-learning.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { FeedClient } from './support/feed-client.js';
import { RestClient } from './support/rest-client.js';

const nameOf = (statement: unknown): string => (statement as { name?: string }).name ?? '';

/** What things cost, in counts that are the same on every machine. */
describe('cost', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection);
    // What works in the background shares the pool, and would be counted too.
    for (const task of [SearchLearning, SeriesProjector]) await desk.app.get(task).onModuleDestroy();
    sql = new pg.Client({ ...database.connection });
    await sql.connect();
    // It would move what waits in the list of the index into its tree, between two looks at the size.
    await sql.query('alter table ticket_text set (autovacuum_enabled = off)');
    await sql.query(`insert into ticket (title, description)
      select 'Printer ' || g || ' does not print', repeat('It worked yesterday. ', 20) from generate_series(1, 500) g`);
  });
  afterAll(async () => {
    await sql.end();
    await desk.stop();
    await database.drop();
  });

  /** Rows ever written to a table, and the bytes of its index. */
  async function written(table: string, index: string): Promise<{ rows: number; bytes: number }> {
    await sql.query('select pg_stat_force_next_flush()');
    const { rows } = await sql.query<{ rows: number; bytes: number }>(
      `select (n_tup_ins + n_tup_upd + n_tup_del)::int as rows, pg_relation_size($2::regclass)::int as bytes
       from pg_stat_user_tables where relname = $1`,
      [table, index],
    );
    return rows[0]!;
  }

  /** Nothing of earlier tests is still on its way to the sockets. */
  const allSent = () =>
    eventually(async () => {
      const { rows } = await sql.query<{ id: string }>('select max(id) as id from event');
      const feed = new FeedClient(desk.url);
      await feed.connect();
      feed.disconnect();
      expect(feed.firstCursor?.id).toBe(Number(rows[0]!.id));
    });

  it('a change of status, priority, category or assignee writes nothing to the searchable text', async () => {
    await sql.query(`insert into person (id, name) values ('ada', 'Ada')`);
    const before = await written('ticket_text', 'ticket_text_search');
    expect(before.rows).toBe(500);
    await sql.query(
      `update ticket set status = 'closed', priority = 'high', category = 'billing', assignee_id = 'ada'`,
    );
    expect(await written('ticket_text', 'ticket_text_search')).toEqual(before);
    // The control: a change of the text does.
    await sql.query(`update ticket set title = 'Scanner' where id = 1`);
    expect((await written('ticket_text', 'ticket_text_search')).rows).toBe(501);
  });

  it('hundreds of changes that commit together reach each socket in one frame', async () => {
    const feeds = Array.from({ length: 5 }, () => new FeedClient(desk.url));
    const envelopes: FeedEnvelope[][] = feeds.map(() => []);
    await allSent();
    for (const [index, feed] of feeds.entries()) {
      await feed.connect();
      feed.socket!.on('feed', (envelope) => envelopes[index]!.push(envelope));
    }
    await sql.query(`update ticket set priority = 'critical' where id <= 300`);
    await eventually(() => {
      for (const feed of feeds) expect(feed.applied.length).toBe(300);
    });
    // A position that moved on without an event is told too, in a frame of its own.
    for (const received of envelopes) {
      expect(received.filter(({ events }) => events.length > 0)).toHaveLength(1);
    }
    for (const feed of feeds) feed.disconnect();
  });

  it('an event of a ticket with a title of usual length takes less than 700 bytes', async () => {
    await allSent();
    const feed = new FeedClient(desk.url);
    await feed.connect();
    const bytes = new Promise<number>((resolve) =>
      feed.socket!.once('feed', (envelope) =>
        resolve(JSON.stringify(envelope.events).length / envelope.events.length),
      ),
    );
    await sql.query(`update ticket set status = 'in_progress' where id between 10 and 109`);
    const size = await bytes;
    console.log(`${Math.round(size)} bytes an event`);
    expect(size).toBeLessThan(700);
    feed.disconnect();
  });

  it('reading the figures asks the database nothing, however many read them', async () => {
    const rest = new RestClient(desk.url);
    await rest.get('/api/tickets/stats');
    // The reader of the log has a connection of its own; requests use the pool's.
    const pool = (await desk.app.get(MikroORM).em.getConnection().getNativeClient()) as pg.Pool;
    const taken = jest.spyOn(pool, 'connect');
    const asked = jest.spyOn(pool, 'query');
    for (let i = 0; i < 20; i += 1) expect((await rest.get('/api/tickets/stats')).status).toBe(200);
    // Who calls is remembered, but not for ever.
    const forLookUps = asked.mock.calls.filter(([statement]) => /^auth-/.test(nameOf(statement)));
    expect(forLookUps.length).toBeLessThan(5);
    expect(taken).toHaveBeenCalledTimes(forLookUps.length);
    taken.mockRestore();
    asked.mockRestore();
  });
});
