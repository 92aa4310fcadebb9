import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { DurableServer } from '../support/durable-server.js';
import { eventually } from '../support/eventually.js';
import { Fleet } from '../support/fleet.js';
import { FrameProxy } from '../support/frame-proxy.js';
import { Herd } from '../support/herd.js';
import { allExact } from '../support/oracle.js';
import { Random } from '../support/random.js';
import { RawSocket } from '../support/raw-socket.js';
import { RestClient } from '../support/rest-client.js';
import { AGENT, makeToken } from '../support/sign-in.js';
import { SteadyFeed } from '../support/steady-feed.js';
import { SwallowingProxy } from '../support/swallowing-proxy.js';
import { Workload } from '../support/workload.js';

/** Interval and time-out of the server's pings together. */
const PING_MS = 20_000;
const MEGABYTE = 1024 * 1024;
const STALLED = 30;
/** 8 MB may wait for each reader, and the heap breathes. */
const MEMORY = (STALLED * 8 + 128) * MEGABYTE;
const HERD = 2_000;
const PEOPLE = 100;
const MISSED = 50;
const REPEATED_WITHIN_MS = 60_000;
const CAUGHT_UP_MS = 30_000;
/** All statements but the reader's looks at the sequence and the locks; those of them that read the log. */
const QUERIES = `
  select coalesce(sum(calls), 0)::int as calls,
         coalesce(sum(calls) filter (where query ~ 'from event|from feed'), 0)::int as reads
  from pg_stat_statements where query !~ 'from event_id_seq|from pg_locks'`;

/** Two real processes, and connections to them that misbehave. One client is connected through all of it. */
describe('connections that fail', () => {
  const seed = Random.seed();
  let server: DurableServer;
  let fleet: Fleet;
  let sql: pg.Client;
  let bystander: SteadyFeed;
  /** A connection that is half open from the beginning: what it becomes takes longer than all other tests. */
  let halfOpen: { proxy: SwallowingProxy; feed: SteadyFeed; since: number };

  const fixtures = new AsyncDisposableStack();

  beforeAll(async () => {
    console.log(`seed ${seed}`);
    server = fixtures.adopt(await DurableServer.start(), (started) => started.stop());
    fleet = fixtures.adopt(await Fleet.start(server.connection, 2), (started) => started.stop());
    sql = fixtures.adopt(new pg.Client(server.superuser), (client) => client.end());
    await sql.connect();
    await sql.query(`insert into person (id, name) values ('ada', 'Ada'), ('bob', 'Bob')`);
    await sql.query(
      `insert into ticket (title, description) select 'Ticket ' || g, 'Of many' from generate_series(1, 1000) g`,
    );
    bystander = fixtures.adopt(await SteadyFeed.open(() => fleet.urls[0]!), (feed) => feed.leave());
    const proxy = fixtures.adopt(await SwallowingProxy.to(fleet.urls[0]!), (opened) => opened.close());
    let isDead = false;
    const feed = fixtures.adopt(
      await SteadyFeed.open(() => (isDead ? fleet.urls[1]! : proxy.url)),
      (opened) => opened.leave(),
    );
    isDead = true;
    proxy.swallow();
    halfOpen = { proxy, feed, since: performance.now() };
  }, 120_000);
  afterAll(() => fixtures.disposeAsync(), 60_000);

  const lastEvent = async () =>
    Number((await sql.query<{ id: string }>('select max(id) as id from event')).rows[0]!.id);

  it('frames that come twice, and old ones that come again, change nothing', async () => {
    const random = new Random(seed);
    await using opened = new AsyncDisposableStack();
    const proxies = await Promise.all(fleet.urls.map((url) => FrameProxy.to(url, random)));
    for (const proxy of proxies) opened.defer(() => proxy.close());
    const open = async ({ url }: FrameProxy) => opened.use(await SteadyFeed.open(() => url)).client;
    const clients = await Promise.all(proxies.map(open));
    await using workload = await Workload.start(server.connection, fleet.urls, random, 3);
    // The faster the machine, the more changes go with a frame: until enough of them came again.
    const deadline = performance.now() + REPEATED_WITHIN_MS;
    while (proxies.some(({ repeated }) => repeated.down <= 10)) {
      expect(performance.now()).toBeLessThan(deadline);
      await workload.run(300, 2);
    }
    await allExact(sql, [bystander.client, ...clients]);
    expect(clients.map(({ resets }) => resets)).toEqual([0, 0]);
  }, 120_000);

  it('readers that stop reading cost the process little memory, and the others nothing', async () => {
    const { token } = await makeToken(server.connection, AGENT, ['tickets:read']);
    const [api] = fleet.processes;
    using opened = new DisposableStack();
    const stalled: RawSocket[] = [];
    for (let n = 0; n < STALLED; n += 1) {
      const socket = opened.adopt(await RawSocket.connect(api!.url, { token }), ({ ws }) => ws.terminate());
      socket.send('421["feed:open",{"channel":"board"}]');
      await eventually(() => expect(socket.received.some((frame) => frame.startsWith('431'))).toBe(true));
      socket.pause();
      stalled.push(socket);
    }
    const before = await api!.memory();
    let most = before;
    for (let round = 0; round < 10; round += 1) {
      await sql.query(`update ticket set title = repeat('𝕏', 198) || $1::text`, [round]);
      await eventually(async () => expect(bystander.client.cursor!.id).toBe(await lastEvent()), 30_000);
      most = Math.max(most, await api!.memory());
    }
    console.log(`${STALLED} stalled readers: ${Math.round((most - before) / MEGABYTE)} MB more at most`);
    expect(most - before).toBeLessThan(MEMORY);
    const { body: figures } = await new RestClient(api!.url).get<string>('/metrics');
    // All are cut; on a slow machine some are by the pings, which they do not answer either, before so much waits.
    expect(Number(/^signalbox_slow_sockets_total (\d+)$/m.exec(figures)?.[1])).toBeGreaterThan(0);
    for (const { ws } of stalled) ws.resume();
    await Promise.all(stalled.map(({ closed }) => closed));
    await allExact(sql, [bystander.client]);
    expect(bystander.client.resumes).toBe(0);
  }, 120_000);

  it('2,000 that come back at once are all caught up in time, for a bounded number of queries', async () => {
    const tokens = await Promise.all(
      Array.from({ length: PEOPLE }, () => makeToken(server.connection, AGENT, ['tickets:read'])),
    );
    const cursor = bystander.client.cursor!;
    // Of sockets that processes had before they were killed, the next ones know nothing: none need have been there.
    using herd = Herd.away(
      cursor,
      HERD,
      (index) => fleet.urls[index % 2]!,
      (index) => tokens[index % PEOPLE]!.token,
    );
    // Everything that these processes remembered goes with them.
    await Promise.all([0, 1].map((place) => fleet.end(place, 'SIGKILL')));
    await sql.query(`update ticket set priority = 'high' where id <= $1`, [MISSED]);
    await sql.query('select pg_stat_statements_reset()');
    await Promise.all([0, 1].map((place) => fleet.restart(place)));
    const begun = performance.now();
    await herd.comeBack();
    const last = await lastEvent();
    await eventually(() => expect(herd.behind(last)).toBe(0), CAUGHT_UP_MS);
    const took = performance.now() - begun;
    const { rows } = await sql.query<{ calls: number; reads: number }>(QUERIES);
    const [{ calls, reads }] = rows as [(typeof rows)[number]];
    console.log(
      `${HERD} sockets caught up in ${Math.round(took)} ms by ${calls} queries, ${reads} of them of events`,
    );
    // By person and by process, not by socket: each is looked up and noted once while it is remembered.
    expect(calls).toBeLessThan(HERD);
    expect(reads).toBeLessThan(HERD / 20);
    const { rows: log } = await sql.query<{ id: string }>('select id from event where id > $1 order by id', [
      cursor.id,
    ]);
    const expected = log.map(({ id }) => Number(id));
    for (const { broken, ids } of herd.feeds) {
      expect(broken).toBeNull();
      expect(ids).toEqual(expected);
    }
    expect(took).toBeLessThan(CAUGHT_UP_MS);
    await allExact(sql, [bystander.client]);
  }, 180_000);

  it('a half-open connection is ended on both sides by then, and its client resumes elsewhere', async () => {
    const { proxy, feed, since } = halfOpen;
    await eventually(() => {
      expect(proxy.endedAt).toBeGreaterThan(0);
      expect(feed.client.resumes).toBeGreaterThan(0);
    }, 3 * PING_MS);
    console.log(`the server ended it after ${Math.round(proxy.endedAt - since)} ms`);
    expect(proxy.endedAt - since).toBeGreaterThan(PING_MS / 2 - 1_000);
    await allExact(sql, [feed.client]);
    expect(feed.client.resets).toBe(0);
  }, 120_000);
});
