import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { Burst } from '../support/burst.js';
import { DurableServer } from '../support/durable-server.js';
import { Fleet } from '../support/fleet.js';
import { allExact } from '../support/oracle.js';
import { Random } from '../support/random.js';
import { SteadyFeed } from '../support/steady-feed.js';

/** Writes before the fault, and after it. */
const WRITES = 150;

/**
 * Two real processes on a PostgreSQL that really writes to the disk, killed in the middle of a burst. What was
 * acknowledged must be there, and every client must end up with what SQL says, without a reset.
 */
describe('killed in a burst', () => {
  let server: DurableServer;
  let fleet: Fleet;

  beforeAll(async () => {
    server = await DurableServer.start();
    fleet = await Fleet.start(server.connection, 2);
  });
  afterAll(async () => {
    await fleet.stop();
    await server.stop();
  });

  it.each([
    ['an api process, by SIGKILL', true, () => fleet.restart(0, 'SIGKILL')],
    ['PostgreSQL, by an immediate restart', false, () => server.crash()],
  ])('%s: nothing acknowledged is lost, and clients converge', async (name, killsApi, fault) => {
    const random = new Random(Random.seed());
    console.log(`seed ${random.seed}: ${name}`);
    const feeds = await Promise.all([0, 1].map((place) => SteadyFeed.open(() => fleet.urls[place]!)));
    const burst = new Burst(fleet.urls, random);
    await burst.acknowledges(WRITES);
    await fault();
    await burst.acknowledges(WRITES);
    await burst.stop();

    const sql = new pg.Client(server.connection);
    await sql.connect();
    try {
      expect(await burst.lost(sql)).toEqual([]);
      const clients = feeds.map(({ client }) => client);
      await allExact(sql, clients);
      expect(clients.map(({ resets }) => resets)).toEqual([0, 0]);
      // A client of a process that was killed came back by its cursor; of PostgreSQL they notice a pause only.
      expect(clients.some((client) => client.resumes > 0)).toBe(killsApi);
    } finally {
      for (const feed of feeds) await feed.leave();
      await sql.end();
    }
  });
});
