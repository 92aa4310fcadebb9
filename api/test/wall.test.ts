import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

import type { FeedEvent } from '../src/contract/events.js';
import { CATEGORIES, PRIORITIES } from '../src/contract/ticket.js';
import type { Wall } from '../src/contract/wall.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { FeedClient } from './support/feed-client.js';
import { sqlStats } from './support/oracle.js';
import { Random } from './support/random.js';
import { RestClient } from './support/rest-client.js';
import { AGENT, makeDisplay } from './support/sign-in.js';
import { Workload } from './support/workload.js';

const HOUR = 3_600_000;

describe('the wall', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let screen: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    await sql.query(`insert into person (id, name) values ('ada', 'Ada'), ('bob', 'Bob')`);
    desk = await startDesk(database.connection);
    screen = new RestClient(desk.url, (await makeDisplay(database.connection)).headers);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  /** A wall of at least the log's last event. */
  const latest = (client = screen) =>
    eventually(async () => {
      const { rows } = await sql.query<{ id: string }>('select max(id) as id from event');
      const { status, body } = await client.get<Wall>('/api/wall');
      expect(status).toBe(200);
      expect(body.as_of.id).toBeGreaterThanOrEqual(Number(rows[0]!.id));
      return body;
    });

  /** All of it by SQL alone. */
  async function sqlWall(): Promise<Omit<Wall, 'as_of' | 'stats' | 'latest'>> {
    const ids = async (text: string) =>
      (await sql.query<{ id: string }>(`${text}, id limit 10`)).rows.map(({ id }) => Number(id));
    const table = await sql.query<{ priority: string; category: string; n: number }>(
      `select priority, category, count(*)::int as n from ticket where status in ('open', 'in_progress') group by 1, 2`,
    );
    const hours = await sql.query<{ at: Date; created: number; resolved: number }>(
      `select at, (select count(*)::int from event e where e.type = 'ticket.created' and date_trunc('hour', e.at) = h.at) as created,
         (select count(*)::int from event e where e.type = 'ticket.updated' and date_trunc('hour', e.at) = h.at
            and e.changes -> 'status' ->> 1 = 'resolved') as resolved
       from generate_series(date_trunc('hour', now()) - interval '23 hours', now(), interval '1 hour') h (at)`,
    );
    return {
      hours: hours.rows.map((hour) => ({ ...hour, at: hour.at.toISOString() })),
      heat: PRIORITIES.flatMap((priority) =>
        CATEGORIES.map((category) => ({
          priority,
          category,
          unsolved: table.rows.find((row) => row.priority === priority && row.category === category)?.n ?? 0,
        })),
      ),
      newest_critical: (await ids(
        `select id from ticket where priority = 'critical' and status in ('open', 'in_progress') order by created_at desc, id desc`,
      )) as never,
      longest_waiting: (await ids(
        `select id from ticket where status = 'open' and assignee_id is null order by created_at, id`,
      )) as never,
    };
  }
  const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);

  /** The wall says just what SQL says. */
  const expectExact = (client = screen) =>
    eventually(async () => {
      const { newest_critical: critical, longest_waiting: waiting, ...rest } = await latest(client);
      const { stats, latest: events, as_of: asOf, ...counts } = rest;
      expect({ ...counts, newest_critical: idsOf(critical), longest_waiting: idsOf(waiting) }).toEqual(
        await sqlWall(),
      );
      const { as_of: statsAsOf, ...figures } = stats;
      expect(figures).toEqual(await sqlStats(sql));
      expect(statsAsOf).toEqual(asOf);
      const { rows } = await sql.query<{ id: string }>('select id from event order by id desc limit 20');
      expect(events.map(({ id }) => id)).toEqual(rows.map(({ id }) => Number(id)));
    });

  it('is what SQL says after mixed writes, in a process that saw them and in one that did not', async () => {
    const seed = Random.seed();
    console.log(`seed ${seed}`);
    // Distinct moments of creation, so that "oldest" is not a matter of ids.
    await sql.query(`insert into ticket (title, description, priority, category, created_at)
      select 'Old ' || n, 'It waits', 'critical', (array['billing', 'account'])[1 + n % 2],
             now() - interval '1 day' - n * 7919 % 100 * interval '1 minute'
      from generate_series(1, 60) n`);
    const workload = await Workload.start(database.connection, [desk.url], new Random(seed), 3);
    await workload.run(300, 2);
    await workload.stop();
    await expectExact();
    const later = await startDesk(database.connection);
    await expectExact(new RestClient(later.url));
    await later.stop();
  });

  it('is of one position, from which the feed goes on without a gap', async () => {
    const wall = await latest();
    const seen: FeedEvent[] = [];
    const feed = new FeedClient(desk.url, 'wall');
    feed.cursor = wall.as_of;
    await feed.connect();
    feed.socket!.on('feed', ({ events }) => seen.push(...events));
    const rest = new RestClient(desk.url);
    const { id } = await rest.create({ priority: 'critical' });
    await rest.patch(`/api/tickets/${id}`, { status: 'resolved' });
    await eventually(() => expect(feed.applied.length).toBeGreaterThanOrEqual(2));
    feed.disconnect();
    const now = await latest();
    const added = now.stats.total_tickets - wall.stats.total_tickets;
    expect(added).toBe(seen.filter(({ type }) => type === 'ticket.created').length);
    // The last events that it lists are, word for word, those of the channel.
    expect(now.latest.slice(0, 2)).toEqual(seen.slice(-2).reverse());
    expect(now.latest[0]!.changed).toEqual(['status']);
  });

  it('has nothing that a display may not see', async () => {
    const secret = (name: string) => `zq-${name}-zq`;
    const rest = new RestClient(desk.url);
    const { id } = await rest.create({
      priority: 'critical',
      description: secret('description'),
      requester: { name: secret('requester'), email: `${secret('address')}@example.com` },
    });
    await rest.patch(`/api/tickets/${id}`, { description: secret('later') });
    await rest.post(`/api/tickets/${id}/comments`, { body: secret('reply'), internal: false });
    await rest.post(`/api/tickets/${id}/comments`, { body: secret('note'), internal: true });
    await sql.query(`update ticket set created_at = '2020-01-01', classification = $2 where id = $1`, [
      id,
      {
        source: 'model',
        model: 'm',
        category: 'billing',
        priority: 'low',
        confidence: 1,
        reason: secret('reason'),
        latency_ms: 1,
      },
    ]);
    await sql.query(
      `insert into ticket (title, description, priority, requester_name, requester_email)
      values ('By SQL', $1, 'critical', $2, $3)`,
      [secret('sql'), secret('name'), secret('mail')],
    );
    const wall = await latest();
    expect(idsOf(wall.longest_waiting)).toContain(id);
    expect(wall.newest_critical.some(({ title }) => title === 'By SQL')).toBe(true);
    expect(wall.latest.map(({ type }) => type)).toContain('comment.created');
    expect(JSON.stringify(wall)).not.toMatch(/zq-|-zq/);
    for (const ticket of [...wall.newest_critical, ...wall.longest_waiting]) {
      expect(Object.keys(ticket).sort()).toEqual([
        'assignee',
        'category',
        'created_at',
        'id',
        'priority',
        'status',
        'title',
        'updated_at',
        'version',
      ]);
    }
    // The control: the desk's own list has them.
    const board = await rest.get(`/api/tickets/${id}`);
    expect(JSON.stringify(board.body)).toMatch(/zq-later-zq.*zq-requester-zq/);
  });

  it('costs the same for hundreds of screens at once as for one', async () => {
    const pool = (await desk.app.get(MikroORM).em.getConnection().getNativeClient()) as pg.Pool;
    const asked = jest.spyOn(pool, 'query');
    const begun = performance.now();
    try {
      const walls = await Promise.all(Array.from({ length: 300 }, () => screen.get<Wall>('/api/wall')));
      expect(new Set(walls.map(({ status }) => status))).toEqual(new Set([200]));
      const statements = asked.mock.calls.map(([statement]) => (statement as { name?: string }).name ?? '');
      // As many as seconds have passed, whoever asks: three statements each.
      const most = (performance.now() - begun) / 1_000 + 1;
      expect(statements.filter((name) => name.startsWith('wall-')).length / 3).toBeLessThanOrEqual(most);
    } finally {
      asked.mockRestore();
    }
  });

  it('is still exact among thousands of tickets', async () => {
    await sql.query(`insert into ticket (title, description, status, priority, category, assignee_id)
      select 'T' || n, 'D', case when n % 50 = 0 then 'open' else 'closed' end, (array['low', 'critical'])[1 + n % 2],
             'billing', case when n % 3 = 0 then 'ada' end from generate_series(1, 3000) n`);
    await expectExact();
  });

  it('is for displays, people and tokens that read', async () => {
    expect((await new RestClient(desk.url, {}).get('/api/wall')).status).toBe(401);
    expect((await new RestClient(desk.url, AGENT.headers).get('/api/wall')).status).toBe(200);
    expect((await screen.get('/api/wall?layout=1')).status).toBe(400);
  });

  it('counts the hours by when things happened, and forgets them after a day', async () => {
    await sql.query(`update event set at = at - interval '3 hours' where id % 3 = 0`);
    await sql.query(`update event set at = at - interval '25 hours' where id % 5 = 0`);
    const again = await startDesk(database.connection);
    try {
      // Again when an hour has just begun.
      await eventually(async () => {
        const { hours } = await latest(new RestClient(again.url));
        expect(hours).toEqual((await sqlWall()).hours);
        expect(hours.filter(({ created }) => created > 0).length).toBeGreaterThan(1);
        expect(hours).toHaveLength(24);
        expect(Date.parse(hours.at(-1)!.at)).toBe(Math.floor(Date.now() / HOUR) * HOUR);
      });
    } finally {
      await again.stop();
    }
  });
});
