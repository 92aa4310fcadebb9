import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { DatabaseConnection } from '../src/database/connection.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { migrate } from '../src/database/migrate.js';
import { type Desk, startDesk } from '../test/support/desk.js';
import { eventually } from '../test/support/eventually.js';
import { FeedClient } from '../test/support/feed-client.js';
import { violations } from '../test/support/oracle.js';
import { addAgent } from '../test/support/sign-in.js';

/** The newest PostgreSQL that Debian's packages have put on this machine. */
function binaries(): string {
  const root = '/usr/lib/postgresql';
  const newest = readdirSync(root).sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new Error('These tests need the package "postgresql"');
  return join(root, newest, 'bin');
}

/** The real tools on a real server of Debian's: dump, restore, and clients of before. */
describe('a database restored with pg_dump and pg_restore', () => {
  const binDir = binaries();
  const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-restore-'));
  let server: EmbeddedPostgres;
  let desk: Desk;

  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir, binDir });
    await migrate(server.connection);
    await addAgent(server.connection);
    desk = await startDesk(server.connection);
  });
  afterAll(async () => {
    await desk.stop();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const tool = (name: string, { host, port, user }: DatabaseConnection, ...args: string[]) =>
    execFileSync(join(binDir, name), ['-h', host, '-p', String(port), '-U', user, ...args], {
      stdio: 'pipe',
    });
  const connect = async (connection: DatabaseConnection) => {
    const client = new pg.Client({ ...connection });
    await client.connect();
    return client;
  };

  it('gives old clients a reset, and they converge on the restored rows and what comes after', async () => {
    const sql = await connect(server.connection);
    await sql.query(
      `insert into ticket (title, description) select 'Ticket ' || g, 'Before the dump' from generate_series(1, 300) g`,
    );
    const feed = new FeedClient(desk.url);
    await feed.connect();
    await feed.loadSnapshot();
    const dump = join(dataDir, 'dump');
    tool('pg_dump', server.connection, '-Fc', '-f', dump, server.connection.database);

    // Changes that the dump has not seen, and that the client has.
    await sql.query(`update ticket set status = 'closed' where id <= 100`);
    await sql.query('delete from ticket where id > 200');
    await eventually(() => expect(feed.rows.size).toBe(200));
    const before = feed.cursor!;
    await sql.end();
    await desk.stop();

    const restored: DatabaseConnection = { ...server.connection, database: 'restored' };
    tool('createdb', server.superuser, '-O', restored.user, restored.database);
    tool('pg_restore', restored, '-d', restored.database, dump);

    desk = await startDesk(restored);
    const after = await connect(restored);
    // The new history runs past the old cursor's id: only epoch and mark can tell them apart.
    await after.query(`update ticket set priority = 'high'`);
    feed.disconnect();
    await feed.connect(desk.url);
    expect(feed.resets).toBe(1);
    expect(feed.cursor!.epoch).not.toBe(before.epoch);
    expect(feed.rows.size).toBe(300);
    await after.query(`update ticket set status = 'resolved' where id % 3 = 0`);
    await eventually(async () => expect(await violations(after, feed)).toEqual([]));
    feed.disconnect();
    await after.end();
  });

  it('refuses to start where the restore has lost that a trigger fires always', async () => {
    const sql = await connect(server.connection);
    await sql.query('alter table ticket enable trigger emit_event');
    await expect(startDesk(server.connection)).rejects.toThrow(/emit_event.*not enabled ALWAYS/);
    await sql.query('alter table ticket enable always trigger emit_event');
    await sql.end();
  });
});
