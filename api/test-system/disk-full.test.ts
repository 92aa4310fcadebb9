import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { DatabaseConnection } from '../src/database/connection.js';
import type { Problem } from '../src/contract/problem.js';
import { ApiProcess } from '../test/support/api-process.js';
import { Burst } from '../test/support/burst.js';
import { eventually } from '../test/support/eventually.js';
import { allExact } from '../test/support/oracle.js';
import { Random } from '../test/support/random.js';
import { RestClient } from '../test/support/rest-client.js';
import { addAgent } from '../test/support/sign-in.js';
import { SmallDisk } from '../test/support/small-disk.js';
import { SteadyFeed } from '../test/support/steady-feed.js';

const DISK_MB = 200;
const WRITES = 50;

/** The embedded database on a disk that fills up: a real process, a real file system, every byte of it taken. */
describe('a full disk', () => {
  let disk: SmallDisk;
  let api: ApiProcess;
  let connection: DatabaseConnection;

  const start = () => ApiProcess.start({ DATA_DIR: disk.folder }, { within: disk.command });
  const connect = async (user = connection.user) => {
    const client = new pg.Client({ ...connection, user });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  /** The next write begins a new segment of the write-ahead log, for which the disk has to have 16 MB. */
  const switchLog = async () => {
    const root = await connect('postgres');
    await root.query('select pg_switch_wal()').finally(() => root.end());
  };

  beforeAll(async () => {
    disk = await SmallDisk.mount(DISK_MB);
    api = await start();
    const host = `${disk.inside}/postgres/run`;
    connection = { host, port: 5432, user: 'signalbox', database: 'signalbox' };
    await addAgent(connection);
  }, 60_000);
  afterAll(async () => {
    await api?.end();
    await disk?.unmount();
  });

  it('is said to who writes; nothing acknowledged is lost, reading goes on, and so does writing with space again', async () => {
    const random = new Random(Random.seed());
    console.log(`seed ${random.seed}`);
    const rest = new RestClient(api.url);
    const feed = await SteadyFeed.open(() => api.url);
    const burst = new Burst([api.url], random, 3);
    const sql = await connect();
    try {
      await burst.acknowledges(WRITES);
      // Written to since, the new segment has all its room: it is the tables that the full disk stops, not the log.
      await switchLog();
      await burst.acknowledges(WRITES);
      disk.fill();
      await eventually(() => expect(burst.refused.get(503)).toBeGreaterThan(10), 30_000);
      await eventually(async () => {
        const { status, headers, body } = await rest.post<Problem>('/api/tickets', {
          title: 'One too many',
          description: 'x'.repeat(20_000),
        });
        expect(status).toBe(503);
        expect(headers.get('retry-after')).not.toBeNull();
        expect(body.detail).toBe('The disk of the database is full: nothing was stored');
      });
      expect((await rest.get('/api/tickets')).status).toBe(200);
      expect((await rest.get('/api/health/ready')).status).toBe(200);
      disk.free();
      await burst.acknowledges(WRITES);
      await burst.stop();
      expect([...burst.refused.keys()]).toEqual([503]);
      expect(await burst.lost(sql)).toEqual([]);
      await allExact(sql, [feed.client]);
      expect(feed.client.resets).toBe(0);
    } finally {
      await burst.stop();
      await feed.leave();
      await sql.end();
    }
  }, 120_000);

  it('that has no room for the log itself ends the app, which says why; with space it starts with everything', async () => {
    const burst = new Burst([api.url], new Random(1), 2);
    try {
      await burst.acknowledges(WRITES);
      disk.fill();
      await switchLog().catch(() => undefined);
      expect(await api.ended()).toBe(1);
    } finally {
      await burst.stop();
    }
    expect(api.output()).toMatch(/^The embedded PostgreSQL has ended: .*No space left on device$/m);

    disk.free();
    api = await start();
    const sql = await connect();
    expect(await burst.lost(sql)).toEqual([]);
    await sql.end();
    const more = new Burst([api.url], new Random(2), 1);
    await more.acknowledges(1).finally(() => more.stop());
  }, 120_000);
});
