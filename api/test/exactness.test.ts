import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { type Faults, FeedClient } from './support/feed-client.js';
import { NaiveReader } from './support/naive-reader.js';
import { violations } from './support/oracle.js';
import { Random } from './support/random.js';
import { Workload } from './support/workload.js';

const RESUMED_WITHIN_MS = 60_000;

/**
 * Everybody writes at once, clients come and go, and in the end each of them must hold exactly what SQL
 * says and have applied exactly the events of the log. A failing run is repeated by TEST_SEED=….
 */
describe('exactness', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desks: Desk[];

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client({ ...database.connection });
    await sql.connect();
    await sql.query(`insert into person (id, name) values ('ada', 'Ada'), ('bob', 'Bob')`);
    desks = [
      await startDesk(database.connection),
      await startDesk(database.connection, {}, { ringCapacity: 100 }),
    ];
  });

  afterAll(async () => {
    for (const desk of desks) await desk.stop();
    await sql.end();
    await database.drop();
  });

  const lastEvent = async () =>
    Number((await sql.query<{ id: string }>('select coalesce(max(id), 0) as id from event')).rows[0]!.id);

  async function quiet(feed: FeedClient): Promise<void> {
    await eventually(async () => {
      if (!feed.isOpen && feed.socket?.connected) await feed.open();
      const last = await lastEvent();
      if (feed.cursor?.id !== last) throw new Error(`client at ${feed.cursor?.id}, log at ${last}`);
      if (feed.stats?.as_of.id !== last) throw new Error(`stats at ${feed.stats?.as_of.id}, log at ${last}`);
    });
  }

  /** Disconnects and comes back, to any process, until `until` resolves. */
  async function comeAndGo(feed: FeedClient, random: Random, until: Promise<void>): Promise<void> {
    let over = false;
    const end = () => (over = true);
    until.then(end, end);
    while (!over) {
      await new Promise((resolve) => setTimeout(resolve, random.int(20, 250)));
      feed.disconnect();
      await new Promise((resolve) => setTimeout(resolve, random.int(0, 150)));
      await feed.connect(random.pick(desks).url);
    }
  }

  async function run(seed: number, steps: number, faults: Faults = {}) {
    const random = new Random(seed);
    const urls = desks.map(({ url }) => url);
    await using opened = new AsyncDisposableStack();
    const feeds = Array.from({ length: 4 }, (_, index) => new FeedClient(urls[index % 2]!, 'board', faults));
    opened.defer(() => feeds.forEach((feed) => feed.disconnect()));
    const workload = opened.use(await Workload.start(database.connection, urls, random, 6));
    const naive = opened.use(await NaiveReader.start(database.connection, await lastEvent()));
    await workload.run(100, 2);
    for (const feed of feeds) await feed.connect();

    // Until all steps are done and everybody has come back a few times.
    const writing = (async () => {
      await workload.run(steps, 3);
      const deadline = performance.now() + RESUMED_WITHIN_MS;
      while (feeds.slice(0, 3).some(({ resumes }) => resumes < 5)) {
        expect(performance.now()).toBeLessThan(deadline);
        await workload.run(60, 3);
      }
    })();
    const snapshots = feeds.map((feed, index) =>
      feed.loadSnapshot(() => new Promise((resolve) => setTimeout(resolve, index * 20))),
    );
    await Promise.all(snapshots);
    await Promise.all([...feeds.slice(0, 3).map((feed) => comeAndGo(feed, random, writing)), writing]);
    for (const feed of feeds) await quiet(feed);
    // Once more with nobody else writing: what this snapshot does not see, no later change mends.
    await feeds[3]!.loadSnapshot(async (rows) => {
      await sql.query('update ticket set title = left(title, 190) || $2 where id = any ($1)', [
        rows.map(({ id }) => id),
        ` ${random.int(0, 1e6)}`,
      ]);
      await quiet(feeds[3]!);
    });
    for (const feed of feeds) await quiet(feed);

    const found: string[] = [];
    for (const feed of feeds) found.push(...(await violations(sql, feed)));
    const lostByNaive = await naive.stop(await lastEvent());
    return { found, feeds, workload, lostByNaive };
  }

  // First: on few tickets each takes less time.
  const controls: [string, Faults, RegExp][] = [
    ['a dropped replay slice', { dropsReplaySlice: true }, /was lost/],
    ['a skipped delete', { skipsDeletes: true }, /should be gone/],
    [
      'a snapshot merged without its missed events',
      { mergesStaleSnapshots: true },
      /has another|should be gone/,
    ],
  ];
  it.each(controls)(
    'negative control: %s is found out',
    async (name, faults, expected) => {
      const seed = Random.seed();
      console.log(`seed ${seed}: ${name}`);
      const { found } = await run(seed, 600, faults);
      expect(found.join('\n')).toMatch(expected);
    },
    120_000,
  );

  it('loses nothing, repeats nothing, and equals SQL, over thousands of mixed writes', async () => {
    const seed = Random.seed();
    console.log(`seed ${seed}`);
    const { found, feeds, workload, lostByNaive } = await run(seed, 3_000);
    expect(found).toEqual([]);
    // The run did what it is for: every kind of write, and resumes from memory and from the table.
    expect(workload.done.size).toBe(16);
    expect(feeds[0]!.resumes).toBeGreaterThan(2);
    expect(feeds[0]!.applied.length).toBeGreaterThan(2_000);
    // Negative control: the same log read by "id > cursor" loses events.
    console.log(`naive reader, seed ${seed}: lost ${lostByNaive.length} events`);
    expect(lostByNaive.length).toBeGreaterThan(0);
  }, 120_000);
});
