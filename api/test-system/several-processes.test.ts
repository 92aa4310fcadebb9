import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Ready } from '../src/contract/health.js';
import type { PresenceByTicket } from '../src/realtime/presence/presence-entry.js';
import { Burst } from '../test/support/burst.js';
import { DurableServer } from '../test/support/durable-server.js';
import { eventually } from '../test/support/eventually.js';
import { Fleet } from '../test/support/fleet.js';
import { allExact } from '../test/support/oracle.js';
import { Random } from '../test/support/random.js';
import { RedisServer } from '../test/support/redis-server.js';
import { RestClient } from '../test/support/rest-client.js';
import { AGENT } from '../test/support/sign-in.js';
import { SteadyFeed } from '../test/support/steady-feed.js';
import { Workload } from '../test/support/workload.js';

const CLASSIFY_LIMIT = 8;
const WRITES = 100;

/** Real processes, a real Redis between them, and clients at each of them. */
describe('several processes', () => {
  const random = new Random(Random.seed());
  let redis: RedisServer;
  let server: DurableServer;
  let fleet: Fleet;
  let sql: pg.Client;
  let feeds: SteadyFeed[];

  const fixtures = new AsyncDisposableStack();

  beforeAll(async () => {
    console.log(`seed ${random.seed}`);
    redis = fixtures.adopt(await RedisServer.start(), (started) => started.remove());
    server = fixtures.adopt(await DurableServer.start(), (started) => started.stop());
    const settings = { REDIS_URL: redis.url, RATE_LIMIT_CLASSIFY: String(CLASSIFY_LIMIT) };
    fleet = fixtures.adopt(await Fleet.start(server.connection, 2, { settings }), (started) =>
      started.stop(),
    );
    sql = fixtures.adopt(new pg.Client(server.connection), (client) => client.end());
    await sql.connect();
    await sql.query(`insert into person (id, name) values ('ada', 'Ada'), ('bob', 'Bob')`);
    feeds = await Promise.all([0, 1].map(openAt));
  }, 120_000);
  afterAll(() => fixtures.disposeAsync(), 60_000);

  const openAt = async (place: number) =>
    fixtures.adopt(await SteadyFeed.open(() => fleet.urls[place]!), (feed) => feed.leave());
  const clients = () => feeds.map(({ client }) => client);
  const exact = async () => {
    await allExact(sql, clients());
    expect(clients().map(({ resets }) => resets)).toEqual(feeds.map(() => 0));
  };
  const work = async (steps: number) => {
    await using workload = await Workload.start(server.connection, fleet.urls, random, 3);
    await workload.run(steps, fleet.urls.length);
  };
  const ready = async (place: number) =>
    (await new RestClient(fleet.urls[place]!, {}).get<Ready>('/api/health/ready')).body;

  it('two, then four: every client sees one log, wherever it is connected', async () => {
    await work(150);
    await exact();
    await fleet.grow(2);
    feeds.push(...(await Promise.all([2, 3].map(openAt))));
    await work(150);
    await exact();
  }, 120_000);

  it('share presence and limits', async () => {
    const seen: PresenceByTicket[] = feeds.map(({ client }) => {
      const tickets: PresenceByTicket = {};
      client.socket!.on('presence', (message) => Object.assign(tickets, message.tickets));
      return tickets;
    });
    feeds[3]!.client.socket!.emit('presence:set', { ticket_id: 1, mode: 'viewing' });
    await eventually(() => {
      for (const tickets of seen) expect(tickets['1']).toMatchObject([{ id: AGENT.id, mode: 'viewing' }]);
    });

    const statuses: number[] = [];
    for (let call = 0; call < CLASSIFY_LIMIT + 4; call += 1) {
      const nobody = new RestClient(fleet.urls[call % 4]!, {});
      statuses.push((await nobody.post('/api/tickets/classify', { description: 'My bill is wrong' })).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(CLASSIFY_LIMIT);
    expect(statuses.slice(CLASSIFY_LIMIT)).toEqual([429, 429, 429, 429]);
  }, 60_000);

  it('go on with tickets without Redis, say what is degraded, and share again when it is back', async () => {
    await using burst = new Burst(fleet.urls, random, 4);
    await burst.acknowledges(WRITES);
    await redis.kill();
    await burst.acknowledges(WRITES);
    for (const place of fleet.urls.keys()) {
      await eventually(async () =>
        expect(await ready(place)).toMatchObject({
          status: 'degraded',
          checks: { redis: 'down', feed: 'up' },
        }),
      );
    }
    await burst.stop();
    expect([...burst.refused]).toEqual([]);
    expect(await burst.lost(sql)).toEqual([]);
    await exact();
    await redis.restart();
    for (const place of fleet.urls.keys()) {
      await eventually(async () =>
        expect(await ready(place)).toMatchObject({ status: 'up', checks: { redis: 'up' } }),
      );
    }
  }, 120_000);

  it('restarted one after the other in a burst: no change is lost, and no call is answered by an error', async () => {
    await using burst = new Burst(fleet.urls, random, 4);
    await burst.acknowledges(WRITES);
    for (const place of [0, 1]) await fleet.restart(place);
    await burst.acknowledges(WRITES);
    await burst.stop();
    // Between its end and its new start nobody answers at a place; a proxy would ask another.
    expect([...burst.refused.keys()].filter((status) => status !== 0)).toEqual([]);
    expect(await burst.lost(sql)).toEqual([]);
    await exact();
    for (const client of clients().slice(0, 2)) expect(client.resumes).toBeGreaterThan(0);
  }, 120_000);
});
