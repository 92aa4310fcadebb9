import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import express from 'express';
import pg from 'pg';

import type { EventPage } from '../src/contract/queries.js';
import { EventLog } from '../src/event-log/event-log.js';
import { EventPages } from '../src/event-log/event-pages.js';
import { ResumeWindow } from '../src/event-log/resume-window.js';
import { Metrics } from '../src/metrics/metrics.js';
import { FanOut } from '../src/realtime/fan-out.js';
import { wallView } from '../src/event-log/wall-view.js';
import { LiveStats } from '../src/stats/live-stats.js';
import { webApp } from '../src/web-app/web-app.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { FeedClient } from './support/feed-client.js';
import { violations } from './support/oracle.js';
import { AGENT } from './support/sign-in.js';

describe('the live core, attacked', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;
  const feeds: FeedClient[] = [];

  const connectSql = async (connection = database.connection) => {
    const client = new pg.Client({ ...connection });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const openFeed = async (url = desk.url) => {
    const feed = new FeedClient(url);
    feeds.push(feed);
    await feed.connect();
    return feed;
  };
  const insert = async (client = sql, title = 'A ticket') =>
    Number(
      (
        await client.query<{ id: string }>(
          `insert into ticket (title, description) values ($1, 'It is broken') returning id`,
          [title],
        )
      ).rows[0]!.id,
    );

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection, { RATE_LIMIT_FRAMES: '1000' }, { ringCapacity: 50 });
    sql = await connectSql();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    for (const feed of feeds.splice(0)) feed.disconnect();
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const whole = {
    source: 'model',
    model: 'm',
    category: 'general',
    priority: 'low',
    confidence: 0.5,
    reason: null,
    latency_ms: 3,
  };
  it.each([
    ['created_at', 'infinity'],
    ['created_at', '-infinity'],
    ['created_at', '10000-01-01'],
    ['created_at', '0044-03-15 BC'],
    ['updated_at', 'infinity'],
    ['id', '0'],
    ['id', '-1'],
    ['id', '9007199254740993'],
    ['classification', JSON.stringify({ ...whole, model: undefined })],
    ['classification', JSON.stringify({ ...whole, confidence: 2 })],
    ['classification', JSON.stringify({ ...whole, confidence: 'high' })],
    ['classification', JSON.stringify({ ...whole, reason: 7 })],
    ['classification', JSON.stringify({ ...whole, latency_ms: '3' })],
    ['classification', JSON.stringify(whole).replace('"latency_ms":3', '"latency_ms":1e400')],
    ['classification', JSON.stringify({ ...whole, model: {} })],
    ['classification', JSON.stringify({ ...whole, prompt: 'x' })],
  ])('refuses a ticket with %s = %s, which clients could not read', async (column, value) => {
    const given = `insert into ticket (title, description, ${column}) values ('Odd', 'Odd', $1)`;
    await expect(sql.query(given, [value]).then(() => 'stored')).rejects.toMatchObject({ code: '23514' });
  });

  it.each([
    '"x"',
    'null',
    '[]',
    '{"kind":"agent"}',
    '{"kind":"root","id":null,"name":"R"}',
    '{"kind":"agent","id":7,"name":"R"}',
    'not json',
  ])('refuses a change whose feed.actor is %s', async (actor) => {
    await sql.query('begin');
    await sql.query(`select set_config('feed.actor', $1, true)`, [actor]);
    await insert();
    await expect(sql.query('commit').then(() => 'stored')).rejects.toThrow(/actor|json/);
  });

  const caughtUp = async () => {
    const { rows } = await sql.query<{ id: string }>('select max(id) as id from event');
    await eventually(() => expect(desk.app.get(EventLog).position.id).toBe(Number(rows[0]!.id)));
  };

  it('keeps the figures right when an assignee goes in one transaction with the tickets', async () => {
    const id = await insert();
    await sql.query(`insert into person (id, name) values ('bob', 'Bob')`);
    await sql.query(`update ticket set assignee_id = 'bob' where id = $1`, [id]);
    await sql.query('begin');
    await sql.query(`insert into ticket (title, description, assignee_id) values ('B', 'B', 'bob')`);
    await sql.query('delete from ticket where id = $1', [id]);
    await sql.query(`delete from person where id = 'bob'`);
    await sql.query('commit');
    await caughtUp();
    expect(await desk.app.get(LiveStats).reconcile()).toBeNull();
  });

  it('lets nobody else hang the trigger that writes events on a table of their own', async () => {
    const role = `stranger_${process.pid}`;
    const root = await connectSql(database.superuser);
    await root.query(`create role ${role}`);
    await root.query(`grant temporary on database ${database.connection.database} to ${role}`);
    try {
      await root.query(`set role ${role}`);
      await root.query('create temporary table bait (id bigint)');
      await expect(
        root.query(`create trigger forge after insert on bait
          for each row execute function public.emit_ticket_event()`),
      ).rejects.toMatchObject({ code: '42501' });
    } finally {
      await root.query(`reset role; drop owned by ${role}; drop role ${role}`);
      await root.end();
    }
  });

  it('reads the log whatever the date style and time zone of the database', async () => {
    await using other = await createTestDatabase();
    const writer = await connectSql(other.connection);
    const { database: name } = other.connection;
    await writer.query(`alter database ${name} set datestyle = 'SQL, DMY'`);
    await writer.query(`alter database ${name} set timezone = 'America/Chicago'`);
    const elsewhere = await startDesk(other.connection);
    try {
      const feed = await openFeed(elsewhere.url);
      const id = await insert(writer);
      await eventually(() => expect(feed.rows.has(id)).toBe(true));
    } finally {
      await writer.end();
      await elsewhere.stop();
    }
  });

  it('gives clients a reset rather than a part when a change could not be passed on', async () => {
    const feed = await openFeed();
    await feed.loadSnapshot();
    const slice = jest.spyOn(desk.app.get(LiveStats), 'onSlice').mockImplementationOnce(() => {
      throw new Error('before the gateway hears of it');
    });
    const id = await insert();
    await eventually(() => expect(slice).toHaveBeenCalled());
    await eventually(async () => expect(await violations(sql, feed)).toEqual([]));
    expect(feed.rows.has(id)).toBe(true);
    expect(feed.resets).toBe(1);
  });

  const loseFeedConnection = () =>
    sql.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'signalbox feed'`);

  it('tries a reset again that has failed half-way', async () => {
    const feed = await openFeed();
    const reset = jest
      .spyOn(desk.app.get(LiveStats), 'onReset')
      .mockRejectedValueOnce(new Error('the database went away while it counted'));
    await sql.query('update feed set epoch = gen_random_uuid()');
    await loseFeedConnection();
    await eventually(() => expect(feed.resets).toBe(1));
    expect(reset).toHaveBeenCalledTimes(2);
  });

  it('takes each outage for itself: it is said again, and the log is soon read again', async () => {
    // What an outage before this one has to say has been said.
    const settled = await openFeed();
    const first = await insert();
    await eventually(() => expect(settled.rows.has(first)).toBe(true));
    const warn = jest.spyOn(Logger.prototype, 'warn');
    const again = jest.spyOn(Logger.prototype, 'log');
    for (let outage = 1; outage <= 3; outage += 1) {
      const feed = await openFeed();
      await loseFeedConnection();
      await eventually(() => expect(again).toHaveBeenCalledTimes(outage));
      const id = await insert();
      await eventually(() => expect(feed.rows.has(id)).toBe(true));
      expect(warn).toHaveBeenCalledTimes(outage);
    }
  });

  it('serves no part where another process has moved the window and removed events', async () => {
    const { rows } = await sql.query<{ id: string; mark: string }>(
      'select id, mark from event order by id limit 1',
    );
    const { epoch } = desk.app.get(EventLog).position;
    const after = `${epoch}.${rows[0]!.id}.${rows[0]!.mark}`;
    const doomed = await insert();
    await sql.query('delete from ticket where id = $1', [doomed]);
    await sql.query(
      `insert into ticket (title, description) select 'W ' || g, 'w' from generate_series(1, 1100) g`,
    );
    await caughtUp();
    const other = await startDesk(database.connection, { FEED_WINDOW_EVENTS: '1000' });
    await other.app.get(ResumeWindow).advance();
    await other.stop();
    const { rows: left } = await sql.query('select type from event where ticket_id = $1', [doomed]);
    expect(left).toEqual([{ type: 'ticket.deleted' }]);

    expect((await fetch(`${desk.url}/api/events?after=${after}`, { headers: AGENT.headers })).status).toBe(
      410,
    );
    const oldest = await fetch(`${desk.url}/api/events?after=oldest&limit=1000`, { headers: AGENT.headers });
    expect(((await oldest.json()) as EventPage).events).toHaveLength(1_000);
  });

  it('serves one open of a socket at a time, however many it sends, and the last one whole', async () => {
    const { rows } = await sql.query<{ id: string; mark: string }>(
      'select id, mark from event order by id desc offset 200 limit 1',
    );
    const { epoch } = desk.app.get(EventLog).position;
    const cursor = { epoch, id: Number(rows[0]!.id), mark: rows[0]!.mark };
    const pages = desk.app.get(EventPages);
    const ask = pages.refusal.bind(pages);
    let underWay = 0;
    let most = 0;
    jest.spyOn(pages, 'refusal').mockImplementation(async (asked) => {
      most = Math.max(most, (underWay += 1));
      return ask(asked).finally(() => (underWay -= 1));
    });
    const feed = await openFeed();
    const acks = await Promise.all(
      Array.from({ length: 500 }, () =>
        feed.socket!.timeout(30_000).emitWithAck('feed:open', { channel: 'board', cursor }),
      ),
    );
    expect(acks.at(-1)).toEqual({ mode: 'resume', cursor });
    expect(most).toBe(1);
  });

  it('tells a desk that always has something to send that it is live', () => {
    const emitted: string[] = [];
    const room = { emit: (event: string) => emitted.push(event) };
    const namespace = { adapter: { rooms: new Set(['board']) }, sockets: new Map() };
    const log = {
      position: { epoch: 'e', id: 1, mark: 'a' },
      heldUpMs: 0,
      now: Date.now,
      follow: () => undefined,
    };
    const counts = { priority_breakdown: {}, category_breakdown: {}, status_breakdown: {} };
    const live = { stats: () => counts, onRepaired: () => undefined };
    const fanOut = new FanOut(log as never, live as never, new Metrics());
    fanOut.onModuleInit();
    fanOut.attach({ to: () => room, of: () => namespace, engine: { clientsCount: 1 } } as never);
    const slice = (id: number) =>
      fanOut.onSlice({ prev: id - 1, position: { epoch: 'e', id, mark: 'a' }, events: [] });
    jest.spyOn(performance, 'now').mockReturnValue(100_000);
    slice(2);
    slice(3); // gathered: the one before has just gone out
    fanOut.onRead();
    fanOut.onModuleDestroy();
    expect(emitted).toEqual(['feed', 'feed', 'feed:beat']);
  });

  it('survives that the web build is replaced while it is served', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'signalbox-web-'));
    await writeFile(join(folder, 'old.js'), 'old()');
    const app = express();
    app.use(webApp(folder)!);
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await rm(folder, { recursive: true });
    const { port } = server.address() as AddressInfo;
    await expect(fetch(`http://127.0.0.1:${port}/old.js`).then((answer) => answer.text())).rejects.toThrow();
    server.close();
  });

  it('names no requester to displays as who made a change', () => {
    const event = {
      id: 1,
      type: 'ticket.created',
      at: '2026-11-21T09:00:00.000Z',
      ticket_id: 1,
      version: 1,
      actor: { kind: 'requester', id: '7', name: 'Jane Doe' },
      changes: {},
      changed: [],
    } as const;
    expect(wallView({ ...event, changes: {}, changed: [] }).actor).toEqual({
      kind: 'requester',
      id: null,
      name: 'Requester',
    });
  });
});
