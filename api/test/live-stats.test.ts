import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { LiveStats } from '../src/stats/live-stats.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { FeedClient } from './support/feed-client.js';
import { sqlStats } from './support/oracle.js';
import { Random } from './support/random.js';
import { AGENT } from './support/sign-in.js';
import { Workload } from './support/workload.js';

describe('live figures', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client({ ...database.connection });
    await sql.connect();
    await sql.query(`insert into person (id, name) values ('ada', 'Ada'), ('bob', 'Bob')`);
    desk = await startDesk(database.connection);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const figures = async (url: string) => {
    const { as_of: asOf, ...counts } = (await (
      await fetch(`${url}/api/tickets/stats`, { headers: AGENT.headers })
    ).json()) as Record<string, unknown>;
    return { asOf, counts };
  };

  it('agree with SQL whenever they are compared, in the middle of writes', async () => {
    const seed = Random.seed();
    console.log(`seed ${seed}`);
    const live = desk.app.get(LiveStats);
    await using workload = await Workload.start(database.connection, [desk.url], new Random(seed), 4);
    const writes = workload.run(800, 2);
    let compared = 0;
    while (workload.isRunning) {
      expect(await live.reconcile()).toBeNull();
      compared += 1;
    }
    await writes;
    expect(compared).toBeGreaterThan(5);
    expect(live.drifts).toBe(0);
    await eventually(async () => expect((await figures(desk.url)).counts).toEqual(await sqlStats(sql)));
  });

  it('are the same in a process that starts later, at the same position', async () => {
    const later = await startDesk(database.connection);
    expect(await figures(later.url)).toEqual(await figures(desk.url));
    await later.stop();
  });

  it('that have drifted raise an alarm, are put right, and reach the screens', async () => {
    const live = desk.app.get(LiveStats);
    const feed = new FeedClient(desk.url);
    await feed.connect();
    // What should never happen: a row changes without the log hearing of it.
    await sql.query('alter table ticket disable trigger emit_event');
    await sql.query(`update ticket set status = case status when 'open' then 'closed' else 'open' end`);
    await sql.query('alter table ticket enable always trigger emit_event');
    expect(await live.reconcile()).toMatch(/assignee/);
    expect(live.drifts).toBe(1);
    await eventually(async () => {
      const { as_of: _, ...counts } = feed.stats!;
      expect(counts).toEqual(await sqlStats(sql));
    });
    expect(await live.reconcile()).toBeNull();
    feed.disconnect();
  });

  it('count what this process has just written, at once', async () => {
    for (let i = 0; i < 20; i += 1) {
      const before = (await figures(desk.url)).counts['total_tickets'] as number;
      const created = await fetch(`${desk.url}/api/tickets`, {
        method: 'POST',
        headers: { ...AGENT.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'New', description: 'Counted', category: 'general', priority: 'low' }),
      });
      expect(created.status).toBe(201);
      expect((await figures(desk.url)).counts['total_tickets']).toBe(before + 1);
    }
  });
});
