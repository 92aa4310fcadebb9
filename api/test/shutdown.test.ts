import { once } from 'node:events';
import { Agent, get as httpGet } from 'node:http';
import { connect } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { endApp } from '../src/end-app.js';
import { RunningRequests } from '../src/lifecycle/running-requests.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { connectSocket, type FeedSocket } from './support/feed-client.js';
import { lockWaiter } from './support/lock-waiter.js';
import { RestClient } from './support/rest-client.js';
import { AGENT } from './support/sign-in.js';

const REQUESTS = 12;
const SOCKETS = 8;

/** One call on a connection that is kept, as a proxy keeps it. @returns what the answer says of the connection */
const keptGet = (url: string, agent: Agent) =>
  new Promise<string | undefined>((resolve, reject) => {
    httpGet(url, { agent, headers: AGENT.headers }, (response) => {
      response.resume().once('end', () => resolve(response.headers.connection));
    }).once('error', reject);
  });

describe('an app that is told to end', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let running: RunningRequests;
  let admin: RestClient;

  beforeEach(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    // What is locked here is so for as long as a busy machine takes to look at all that happens meanwhile.
    const databaseLimits = { lockMs: 30_000, queryMs: 35_000 };
    desk = await startDesk(database.connection, {}, {}, { databaseLimits });
    running = new RunningRequests(desk.app.getHttpServer());
    admin = new RestClient(desk.url);
  });
  afterEach(async () => {
    // First: what it has locked, requests wait for.
    await sql.end();
    await desk.stop();
    await database.drop();
  });

  it('answers every request that it has, says goodbye to who waits, and takes no more', async () => {
    const tickets = await Promise.all(Array.from({ length: REQUESTS }, () => admin.create()));
    const position = (await admin.get<{ next: string }>('/api/events')).body.next;
    await sql.query('begin; select from ticket for update');
    const writes = tickets.map(({ id }) => admin.patch(`/api/tickets/${id}`, { status: 'resolved' }));
    const poll = admin.get<{ events: unknown[] }>(`/api/events?after=${position}&wait=30`);
    await eventually(() => expect(running.count).toBe(REQUESTS + 1));
    await lockWaiter(sql, 'ticket');

    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await keptGet(`${desk.url}/api/health/live`, agent)).toBe('keep-alive');

    const ended = endApp(desk.app, running);
    // As if it had been on its way: a call that is not answered could not be told from one that was lost.
    expect(await keptGet(`${desk.url}/api/health/live`, agent)).toBe('close');
    expect((await poll).body.events).toEqual([]);
    await expect(keptGet(`${desk.url}/api/health/live`, agent)).rejects.toThrow();
    agent.destroy();

    await sql.query('commit');
    expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(tickets.map(() => 200));
    expect((await writes[0]!).headers.get('connection')).toBe('close');
    await ended;
    const { rows } = await sql.query(`select count(*)::int as count from ticket where status = 'resolved'`);
    expect(rows).toEqual([{ count: REQUESTS }]);
  });

  it('waits for no connection on which nothing is asked', async () => {
    const silent = connect(Number(new URL(desk.url).port), '127.0.0.1');
    await once(silent, 'connect');
    await admin.get('/api/health/live');
    await Promise.all([once(silent, 'close'), running.end()]);
  });

  it('closes its sockets so that their clients come back by themselves', async () => {
    const sockets: FeedSocket[] = Array.from({ length: SOCKETS }, () => connectSocket(desk.url, AGENT));
    const opened = (socket: FeedSocket) =>
      new Promise<void>((resolve) => void socket.once('connect', () => resolve()));
    await Promise.all(sockets.map(opened));
    const reasons: string[] = [];
    for (const socket of sockets) socket.once('disconnect', (reason) => reasons.push(reason));
    await endApp(desk.app, running);
    await eventually(() => expect(reasons).toHaveLength(SOCKETS));
    expect(new Set(reasons)).toEqual(new Set(['transport close']));
  });
});
