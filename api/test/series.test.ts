import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Problem } from '../src/contract/problem.js';
import type { Series } from '../src/contract/series.js';
import { CATEGORIES, PRIORITIES } from '../src/contract/ticket.js';
import { instantSql } from '../src/database/instant.js';
import { SeriesProjector } from '../src/series/series-projector.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { type NaiveQuery, NaiveSeries } from './support/naive-series.js';
import { Random } from './support/random.js';
import { RestClient } from './support/rest-client.js';
import { Workload } from './support/workload.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ENOUGH_WITHIN_MS = 30_000;
const PEOPLE = ['ada', 'bob', 'cyd', 'none'];

const pathOf = ({ from, to, ...query }: NaiveQuery) => {
  const parameters = new URLSearchParams({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return `/api/tickets/stats/series?${parameters}`;
};

/** A range within the last 45 days, or to now, and any filters. */
function randomQuery(random: Random, now = Date.now()): NaiveQuery {
  const interval = random.pick(['hour', 'day'] as const);
  const step = interval === 'hour' ? HOUR : DAY;
  const end = Math.floor(now / step) * step + step;
  const to = random.chance(0.5) ? end : end - random.int(0, (40 * DAY) / step) * step;
  const some = <Value>(values: readonly Value[]) => random.shuffled(values).slice(0, random.int(1, 2));
  return {
    interval,
    from: to - random.int(1, (interval === 'hour' ? 4 * DAY : 45 * DAY) / step) * step,
    to,
    category: random.chance(0.3) ? some(CATEGORIES) : undefined,
    priority: random.chance(0.3) ? some(PRIORITIES) : undefined,
    assignee: random.chance(0.3) ? random.pick(PEOPLE) : undefined,
    group_by: random.pick([undefined, 'category', 'priority', 'assignee'] as const),
  };
}

describe('series', () => {
  const seed = Random.seed();
  const random = new Random(seed);
  let database: TestDatabase;
  let sql: pg.Client;
  let desks: Desk[] = [];

  beforeAll(async () => {
    console.log(`seed ${seed}`);
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    await sql.query(`insert into person (id, name) values ('ada', 'Ada'), ('bob', 'Bob'), ('cyd', 'Cyd')`);
    await makePast();
    desks = [await startDesk(database.connection), await startDesk(database.connection)];
  });
  afterAll(async () => {
    for (const desk of desks) await desk.stop();
    await sql.end();
    await database.drop();
  });

  const write = async (urls: readonly string[], steps: number) => {
    await using workload = await Workload.start(database.connection, urls, random, 3);
    await workload.run(steps, 2);
  };
  const answersOf = async (url: string, query: NaiveQuery): Promise<Series> => {
    const { status, body } = await new RestClient(url).get<Series>(pathOf(query));
    expect([status, body]).toEqual([200, body]);
    return body;
  };
  const projectors = () => desks.map((desk) => desk.app.get(SeriesProjector));
  /** All that is in the log by now is in the cells. */
  const projected = () =>
    eventually(async () => {
      await projectors()[0]!.projectBatch(100_000);
      const { rows } = await sql.query<{ whole: boolean }>(`
        select exists (select from series_position p join event e using (id, mark) join feed f using (epoch)
                       where e.id = (select max(id) from event)) as whole`);
      expect(rows).toEqual([{ whole: true }]);
    });
  /** What is wrong in the answers to some random questions. */
  const faults = async (naive: NaiveSeries, questions = 40): Promise<string[]> => {
    const found: string[] = [];
    for (let i = 0; i < questions; i += 1) {
      const query = randomQuery(random);
      const series = await answersOf(random.pick(desks).url, query);
      found.push(...naive.faults(series, query).map((fault) => `${fault} in ${pathOf(query)}`));
    }
    return found;
  };

  /** A history of its own, moved to the last 40 days: the same events, further apart. */
  async function makePast(): Promise<void> {
    const desk = await startDesk(database.connection);
    await write([desk.url], 500);
    // Somebody had tickets and is gone.
    await sql.query(`update ticket set assignee_id = 'cyd', status = 'open' where id % 5 = 0`);
    await sql.query(`update ticket set priority = 'high' where id % 7 = 0`);
    await sql.query(`delete from person where id = 'cyd'`);
    await desk.stop();
    await sql.query(`
      update event set at = moved.at from (
        select id, date_trunc('milliseconds', now()
            - interval '40 days' * (1 - (row_number() over (order by id) - 0.5) / count(*) over ())) as at
        from event) moved
      where event.id = moved.id`);
    await sql.query(`
      update event set ticket = jsonb_set(event.ticket::jsonb, '{created_at}', to_jsonb(${instantSql('made.at')}))::json
      from (select distinct on (ticket_id) ticket_id, at from event order by ticket_id, id) made
      where made.ticket_id = event.ticket_id and event.ticket is not null`);
    await sql.query('truncate series_cell');
    await sql.query(`update series_position set id = 0, mark = '', epoch = null`);
  }

  it('count each event once, whoever adds them up and however often that is killed', async () => {
    const answers: [NaiveQuery, Series][] = [];
    let killed = 0;
    let writing = true;
    const urls = desks.map(({ url }) => url);
    // However fast the machine is: until enough has been killed and asked.
    const writeOn = async () => {
      const deadline = performance.now() + ENOUGH_WITHIN_MS;
      do await write(urls, 500);
      while ((killed <= 3 || answers.length <= 10) && performance.now() < deadline);
    };
    const writes = writeOn().finally(() => (writing = false));
    const add = async (projector: SeriesProjector) => {
      // Small batches, so that there is a middle to be killed in.
      while (writing) await projector.projectBatch(random.int(1, 60)).catch(() => null);
    };
    const kill = async () => {
      while (writing) {
        const { rows } = await sql.query<{ ended: boolean }>(
          `select pg_terminate_backend(pid) as ended from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null
             and query ~ 'series_(cell|position)|string_agg|not exists'`,
        );
        killed += rows.filter(({ ended }) => ended).length;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    };
    const ask = async () => {
      while (writing) {
        const query = randomQuery(random);
        const { status, body } = await new RestClient(desks[0]!.url).get<Series>(pathOf(query));
        if (status === 200) answers.push([query, body]);
        else expect(status).toBe(503);
      }
    };
    await Promise.all([...projectors().map(add), kill(), ask(), writes]);
    const naive = await NaiveSeries.read(sql);
    // What was answered in the midst of it was right as of its position.
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.flatMap(([query, series]) => naive.faults(series, query))).toEqual([]);
    expect(killed).toBeGreaterThan(3);
    await projected();
    expect(await faults(naive)).toEqual([]);
    console.log(`${answers.length} answers while writing, ${killed} killed`);
  });

  it('negative control: an event that is counted twice is found', async () => {
    const naive = await NaiveSeries.read(sql);
    await projected();
    // The position goes back without the cells: what a crash between two transactions would leave.
    const { rows } = await sql.query<{ id: string }>(
      `update series_position set (id, mark) = (
         select id, mark from event where type = 'ticket.created' order by id desc offset 20 limit 1) returning id`,
    );
    await sql.query(
      `insert into ticket (title, description) values ('One more', 'So that there is something')`,
    );
    expect(Number(rows[0]!.id)).toBeLessThan(naive.lastId);
    await projected();
    expect((await faults(await NaiveSeries.read(sql))).join()).toMatch(/ instead of /);
    await sql.query('truncate series_cell');
    await sql.query(`update series_position set id = 0, mark = ''`);
    await projected();
    expect(await faults(await NaiveSeries.read(sql))).toEqual([]);
  });

  const restart = async () => {
    for (const desk of desks) await desk.stop();
    await sql.query('update feed set epoch = gen_random_uuid()');
    desks = [await startDesk(database.connection), await startDesk(database.connection)];
  };

  it('go on after a restore that brought back log and series as they were', async () => {
    const naive = await NaiveSeries.read(sql);
    await projected();
    const before = await sql.query('select ctid from series_cell order by ctid');
    await restart();
    const { rows } = await sql.query('select epoch from feed');
    await eventually(async () =>
      expect((await sql.query('select epoch from series_position')).rows).toEqual(rows),
    );
    expect(await faults(naive, 10)).toEqual([]);
    expect((await sql.query('select ctid from series_cell order by ctid')).rows).toEqual(before.rows);
  });

  it('are added up anew when the history was written over', async () => {
    await sql.query(`update event set at = at - interval '1 day', mark = 'another ' || id`);
    // Of tickets that were deleted long ago the log keeps that alone.
    const removed = await sql.query(`delete from event e where type <> 'ticket.deleted' and exists (
      select from event d where d.ticket_id = e.ticket_id and d.type = 'ticket.deleted' and d.ticket_id % 2 = 0)`);
    expect(removed.rowCount).toBeGreaterThan(5);
    await restart();
    const naive = await NaiveSeries.read(sql);
    await projected();
    expect(await faults(naive, 20)).toEqual([]);
  });

  it('name who has tickets, and nobody last', async () => {
    const rest = new RestClient(desks[0]!.url);
    await rest.create({ category: 'billing' });
    const { body } = await rest.get<Series>('/api/tickets/stats/series?group_by=assignee');
    expect(body.curves.map(({ key, name }) => [key, name]).at(-1)).toEqual([null, null]);
    for (const { key, name } of body.curves.slice(0, -1)) expect(name?.startsWith('Ada')).toBe(key === 'ada');
    const one = await rest.get<Series>(
      '/api/tickets/stats/series?group_by=category&category=account,billing',
    );
    expect(one.body.curves.map(({ key }) => key)).toEqual(['account', 'billing']);
    expect(one.body.curves[1]!.total.inflow).toBeGreaterThan(0);
    const mine = await rest.get<Series>('/api/tickets/stats/series?assignee=me&group_by=assignee');
    expect(mine.body.curves.map(({ key }) => key)).toEqual(['agent']);
  });

  it('span a month of days or two days of hours when nothing is said, up to now', async () => {
    const rest = new RestClient(desks[0]!.url);
    const asked = Date.now();
    const days = (await rest.get<Series>('/api/tickets/stats/series')).body;
    expect(days.curves[0]!.points).toHaveLength(30);
    expect(Date.parse(days.to)).toBeGreaterThan(asked);
    expect(Date.parse(days.to)).toBeLessThanOrEqual(Date.now() + DAY);
    const hours = (await rest.get<Series>('/api/tickets/stats/series?interval=hour')).body;
    expect(hours.curves[0]!.points).toHaveLength(48);
    expect(hours.curves[0]!.points.at(-1)!.backlog).toBe(days.curves[0]!.points.at(-1)!.backlog);
  });

  it.each([
    ['from=2026-01-02&to=2026-01-02', 'from'],
    ['from=2026-01-02T03:00:00Z&to=2026-01-02T23:00:00Z', 'from'],
    ['interval=hour&from=2026-01-01&to=2026-03-31', 'from'],
    ['interval=week', 'interval'],
    ['group_by=status', 'group_by'],
    ['status=open', 'status'],
    ['category=billing,lost', 'category'],
    ['from=yesterday', 'from'],
  ])('refuse %s and name %s', async (query, field) => {
    const { status, body } = await new RestClient(desks[0]!.url).get<Problem>(
      `/api/tickets/stats/series?${query}`,
    );
    expect([status, body.errors?.map((error) => error.field)]).toEqual([400, [field]]);
  });

  it('are refused, and say how far they are, while a long past is being added up', async () => {
    for (const desk of desks) await desk.stop();
    await sql.query('truncate series_cell');
    await sql.query(`update series_position set id = 0, mark = ''`);
    await sql.query(`select setval('event_id_seq', 100000)`);
    await sql.query(`insert into ticket (title, description) values ('Much later', 'After many others')`);
    const holder = new pg.Client(database.connection);
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from series_position for update');
    desks = [await startDesk(database.connection)];
    const rest = new RestClient(desks[0]!.url);
    const refused = await rest.get<Problem>('/api/tickets/stats/series');
    expect([refused.status, refused.body.detail]).toEqual([503, expect.stringContaining('0 %')]);
    await holder.query('rollback');
    await holder.end();
    await eventually(async () => expect((await rest.get('/api/tickets/stats/series')).status).toBe(200));
    expect(await faults(await NaiveSeries.read(sql), 10)).toEqual([]);
  });
});
