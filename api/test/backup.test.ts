import { createReadStream, createWriteStream } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { backUp, writeBackup } from '../src/backup/backup.js';
import { openToRead } from '../src/backup/open-to-read.js';
import { restore } from '../src/backup/restore.js';
import type { Lifecycle } from '../src/lifecycle/lifecycle.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { migrate } from '../src/database/migrate.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { FeedClient } from './support/feed-client.js';
import { lockWaiter } from './support/lock-waiter.js';
import { violations } from './support/oracle.js';
import { RestClient } from './support/rest-client.js';
import { severable } from './support/severable-connection.js';
import { addAgent } from './support/sign-in.js';
import { tableDigests } from './support/table-digests.js';
import { execute } from './support/test-server.js';

const connected = async (connection: pg.ClientConfig) => {
  const client = new pg.Client(connection);
  await client.connect();
  return client;
};
const epochOf = async (sql: pg.Client) =>
  (await sql.query<{ epoch: string }>('select epoch from feed')).rows[0]!.epoch;

describe('a backup', () => {
  let folder: string;
  let file: string;
  let database: TestDatabase;
  let sql: pg.Client;
  let before: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signalbox-backup-'));
    file = join(folder, 'desk.backup');
    database = await createTestDatabase();
    sql = await connected(database.connection);
  });
  afterAll(async () => {
    await sql.end();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('holds all of a desk that goes on, restored over it sends old clients back, and they converge', async () => {
    let desk = await startDesk(database.connection);
    const admin = new RestClient(desk.url);
    await sql.query(
      `insert into ticket (title, description)
       select 'Ticket ' || g || E'\\t\\\\.\\n', E'Line\\n\\\\.\\nline ' || g from generate_series(1, 300) g`,
    );
    await admin.post('/api/tickets/1/comments', { body: 'Said\n\\.\nbefore', internal: false });
    await admin.patch('/api/tickets/2', { status: 'resolved' });
    const feed = new FeedClient(desk.url);
    await feed.connect();
    await feed.loadSnapshot();
    before = await tableDigests(sql);
    // Somebody in the middle of a write neither holds the backup up nor gets into it.
    const other = await connected(database.connection);
    await other.query(`begin; insert into ticket (title, description) values ('Half', 'done')`);
    const told: [string, number][] = [];
    await backUp(database.connection, file, { progress: (...line) => told.push(line) });
    await other.query('rollback');
    await other.end();
    expect(told).toContainEqual(['ticket', 300]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(backUp(database.connection, file)).rejects.toThrow('is there already');

    // What the backup has not seen, and the client has.
    await sql.query(`update ticket set status = 'closed' where id <= 100`);
    await sql.query('delete from ticket where id > 200');
    await eventually(() => expect(feed.rows.size).toBe(200));
    const epoch = await epochOf(sql);
    await expect(restore(database.connection, file, { force: true })).rejects.toThrow(
      'is using this database',
    );
    await desk.stop();
    await expect(restore(database.connection, file)).rejects.toThrow('--force');
    await restore(database.connection, file, { force: true });

    const { feed: _, ...restored } = await tableDigests(sql);
    const { feed: __, ...expected } = before;
    expect(restored).toEqual(expected);
    expect(await epochOf(sql)).not.toBe(epoch);
    desk = await startDesk(database.connection);
    // The new history runs past the old cursor's id.
    await sql.query(`update ticket set priority = 'high'`);
    feed.disconnect();
    await feed.connect(desk.url);
    expect([feed.resets, feed.rows.size]).toEqual([1, 300]);
    await sql.query(`update ticket set status = 'resolved' where id % 3 = 0`);
    await eventually(async () => expect(await violations(sql, feed)).toEqual([]));
    feed.disconnect();
    await desk.stop();
  });

  it('whose database goes in the middle is given up, and leaves no part of a file', async () => {
    await using way = await severable(database.connection);
    const name = 'cut.backup';
    const cut = backUp(way.connection, join(folder, name), { progress: () => void way.cut() });
    await expect(cut).rejects.toThrow(/^Connection terminated/);
    expect((await readdir(folder)).filter((file) => file.startsWith(name))).toEqual([]);
  });

  it('makes a desk in an empty database, with what was still to be classified', async () => {
    const first = await startDesk(database.connection, {
      OPENAI_BASE_URL: 'http://127.0.0.1:9',
      OPENAI_MODEL: 'away',
    });
    const text = { title: 'Later', description: 'Charged twice' };
    const { body: pending } = await new RestClient(first.url).post('/api/tickets', text);
    expect(pending.classification?.source).toBe('pending');
    const later = join(folder, 'later.backup');
    await writeBackup(database.connection, createWriteStream(later));
    await first.stop();

    const empty = await createTestDatabase();
    await execute(empty.superuser, 'drop schema public cascade');
    await execute(empty.superuser, `create schema public authorization ${empty.connection.user}`);
    await restore(empty.connection, createReadStream(later));
    // Without a model, which is as good as any to end it.
    const desk = await startDesk(empty.connection);
    const admin = new RestClient(desk.url);
    await eventually(async () => {
      const { body } = await admin.get(`/api/tickets/${pending.id}`);
      expect(body).toMatchObject({ classification: { source: 'fallback' } });
    });
    expect((await admin.get('/api/tickets/1/comments')).body).toMatchObject({ count: 1 });
    const { id } = await admin.create();
    expect(id).toBe(pending.id + 1);
    await desk.stop();
    await empty.drop();
  });

  it('that is damaged, cut short, newer or something else changes nothing', async () => {
    const digests = await tableDigests(sql);
    const sequences = async () =>
      (await sql.query(`select sequencename, last_value from pg_sequences where schemaname = 'public'`)).rows;
    const drawn = await sequences();
    const bad = join(folder, 'bad.backup');
    const refused = (message: RegExp) =>
      expect(restore(database.connection, bad, { force: true })).rejects.toThrow(message);
    const whole = await readFile(file);
    const text = gunzipSync(whole).toString();
    await expect(restore(database.connection, join(folder, 'none'))).rejects.toThrow(
      /cannot be read \(ENOENT\)/,
    );
    await writeFile(bad, 'hello');
    await refused(/damaged or incomplete/);
    await writeFile(bad, gzipSync('hello\n'));
    await refused(/not a backup of Signalbox/);
    await writeFile(bad, gzipSync(text.replace('"version":1', '"version":2')));
    await refused(/newer Signalbox/);
    await writeFile(bad, whole);
    await truncate(bad, Math.floor(whole.length * 0.7));
    await refused(/damaged or incomplete/);
    await writeFile(bad, gzipSync(text.slice(0, text.lastIndexOf('{"end"'))));
    await refused(/incomplete/);
    await writeFile(bad, gzipSync(text.replace(/^(\{"table":"ticket",.*\n).*\n/m, '$1')));
    await refused(/rows of "ticket" are missing|violates/);
    // By then the others have been set.
    await writeFile(bad, gzipSync(text.replace(/\}\}\n$/, ',"none":{"value":"1","called":true}}}\n')));
    await refused(/"none" does not exist/);
    expect(await tableDigests(sql)).toEqual(digests);
    expect(await sequences()).toEqual(drawn);
  });

  it('leaves no part of a file where it is given up', async () => {
    const ending = new AbortController();
    const options = { progress: () => ending.abort(), signal: ending.signal };
    await expect(backUp(database.connection, join(folder, 'given-up'), options)).rejects.toThrow('aborted');
    expect((await readdir(folder)).filter((name) => name.startsWith('given-up'))).toEqual([]);
  });

  it('is not restored under a desk that has come meanwhile', async () => {
    const holder = await connected(database.connection);
    await holder.query('begin; select from ticket limit 1');
    const restoring = expect(restore(database.connection, file, { force: true })).rejects.toThrow(
      'is using this database',
    );
    await lockWaiter(sql, 'ticket');
    const desk = await connected({ ...database.connection, application_name: 'signalbox feed' });
    await holder.query('rollback');
    await restoring;
    await Promise.all([holder.end(), desk.end()]);
  });
});

describe('a data folder', () => {
  const running: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const part of running.splice(0).reverse()) await part.stop();
  });

  it('is backed up while a desk runs on it; copied back, it sends old clients back, and they converge', async () => {
    const base = await mkdtemp(join(tmpdir(), 'signalbox-folder-'));
    running.push({ stop: () => rm(base, { recursive: true, force: true }) });
    const dataDir = join(base, 'data');
    const start = async (): Promise<{ server: EmbeddedPostgres; desk: Desk; sql: pg.Client }> => {
      const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
      running.push(server);
      await migrate(server.connection);
      await addAgent(server.connection).catch(() => undefined);
      const desk = await startDesk(server.connection);
      return { server, desk, sql: await connected(server.connection) };
    };
    const stop = async ({ server, desk, sql }: Awaited<ReturnType<typeof start>>) => {
      await sql.end();
      await desk.stop();
      await server.stop();
    };
    const add = (sql: pg.Client, title: string, count: number) =>
      sql.query(
        `insert into ticket (title, description) select $1, '' || g from generate_series(1, $2::int) g`,
        [title, count],
      );

    let now = await start();
    await add(now.sql, 'Before', 50);
    const live = await openToRead({ DATABASE_URL: undefined, DATA_DIR: dataDir }, {} as Lifecycle);
    await backUp(live, join(base, 'live.backup'));
    await stop(now);
    await cp(dataDir, join(base, 'copy'), { recursive: true, preserveTimestamps: true });

    now = await start();
    const feed = new FeedClient(now.desk.url);
    await feed.connect();
    await feed.loadSnapshot();
    const shared = { ...feed.cursor! };
    const early = new FeedClient(now.desk.url);
    await early.connect();
    await early.loadSnapshot();
    early.disconnect();
    await add(now.sql, 'Lost', 30);
    await eventually(() => expect(feed.rows.size).toBe(80));
    await stop(now);
    await rm(dataDir, { recursive: true });
    await cp(join(base, 'copy'), dataDir, { recursive: true, preserveTimestamps: true });

    now = await start();
    // Nothing was called that could have told: it is the mark of the cursor's event that does.
    await add(now.sql, 'After', 40);
    feed.disconnect();
    await feed.connect(now.desk.url);
    expect(feed.resets).toBe(1);
    expect([...feed.rows.values()].filter(({ title }) => title === 'Lost')).toEqual([]);
    // Who had seen only what both histories have goes on from there.
    expect(early.cursor).toEqual(shared);
    await early.connect(now.desk.url);
    expect(early.resets).toBe(0);
    await add(now.sql, 'Later', 5);
    for (const client of [feed, early]) {
      await eventually(async () => expect(await violations(now.sql, client)).toEqual([]));
      client.disconnect();
    }
    await stop(now);
  });
});
