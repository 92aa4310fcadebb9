import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { Burst } from '../support/burst.js';
import { DurableServer } from '../support/durable-server.js';
import { eventually } from '../support/eventually.js';
import { Fleet } from '../support/fleet.js';
import { allExact } from '../support/oracle.js';
import { Random } from '../support/random.js';
import { RestClient } from '../support/rest-client.js';
import { SteadyFeed } from '../support/steady-feed.js';
import { Workload } from '../support/workload.js';

/** Writes before the fault, and after it. */
const WRITES = 150;
const HOUR_MS = 3_600_000;
/** What a process's clock is ahead of the database's; a day off it has another "today" at any hour. */
const CLOCKS = [HOUR_MS, -HOUR_MS, 24 * HOUR_MS] as const;

const shifted = (ms: number) => new URL(`../support/shifted-clock.js?by=${ms}`, import.meta.url);

/**
 * Real processes on a PostgreSQL that really writes to the disk. Whatever happens to them: what was acknowledged must
 * be there, and every client must end up with what SQL says, without a reset.
 */
describe('processes that fail', () => {
  let server: DurableServer;
  let fleet: Fleet;

  const fixtures = new AsyncDisposableStack();

  beforeAll(async () => {
    server = fixtures.adopt(await DurableServer.start(), (started) => started.stop());
    fleet = fixtures.adopt(await Fleet.start(server.connection, 2), (started) => started.stop());
  }, 60_000);
  afterAll(() => fixtures.disposeAsync(), 60_000);

  it.each([
    ['an api process by SIGKILL', 1, () => fleet.restart(0, 'SIGKILL')],
    ['PostgreSQL by an immediate restart', 0, () => server.crash()],
  ])(
    'killed in a burst: %s: nothing acknowledged is lost, and clients converge',
    async (name, resumes, fault) => {
      const random = new Random(Random.seed());
      console.log(`seed ${random.seed}: ${name}`);
      await using opened = new AsyncDisposableStack();
      const open = async (place: number) =>
        opened.use(await SteadyFeed.open(() => fleet.urls[place]!)).client;
      const clients = await Promise.all([0, 1].map(open));
      await using burst = new Burst(fleet.urls, random);
      await burst.acknowledges(WRITES);
      await fault();
      await burst.acknowledges(WRITES);
      await burst.stop();

      const sql = new pg.Client(server.connection);
      await sql.connect();
      try {
        expect(await burst.lost(sql)).toEqual([]);
        await allExact(sql, clients);
        expect(clients.map(({ resets }) => resets)).toEqual([0, 0]);
        // Who lost its process came back by its cursor; of PostgreSQL's end clients notice a pause only.
        expect(clients[0]!.resumes).toBeGreaterThanOrEqual(resumes);
      } finally {
        await sql.end();
      }
    },
    120_000,
  );

  it('with clocks an hour and a day off: log, figures and beats keep to the time of the database', async () => {
    const random = new Random(Random.seed());
    console.log(`seed ${random.seed}: wrong clocks`);
    await using opened = new AsyncDisposableStack();
    const start = async (ms: number) => {
      const wrong = await Fleet.start(server.connection, 1, { preload: [shifted(ms)] });
      return opened.adopt(wrong, (fleet) => fleet.stop()).urls[0]!;
    };
    const urls = await Promise.all(CLOCKS.map(start));
    const open = async (url: string) => opened.use(await SteadyFeed.open(() => url)).client;
    const clients = await Promise.all(urls.map(open));
    await using workload = await Workload.start(server.connection, urls, random, 2);
    const sql = new pg.Client(server.connection);
    await sql.connect();
    try {
      await sql.query(
        `insert into person (id, name) values ('ada', 'Ada'), ('bob', 'Bob') on conflict do nothing`,
      );
      await workload.run(200, 3);
      for (const client of clients) {
        await eventually(() => expect(client.beatAt).not.toBeNull());
        expect(Math.abs(Date.parse(client.beatAt!) - Date.now())).toBeLessThan(HOUR_MS / 2);
      }
      // What one process signs, the next must take.
      const { body } = await new RestClient(urls[0]!, {}).post<{ suggestion: string }>(
        '/api/tickets/classify',
        {
          description: 'My bill is wrong',
        },
      );
      const submitted = await new RestClient(urls[1]!).post('/api/tickets', {
        title: 'A bill',
        description: 'My bill is wrong',
        suggestion: body.suggestion,
      });
      expect(submitted.status).toBe(201);
      await allExact(sql, clients);
      expect(clients.map(({ resets }) => resets)).toEqual([0, 0, 0]);
    } finally {
      await sql.end();
    }
  }, 120_000);
});
