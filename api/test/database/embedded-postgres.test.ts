import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/database/embedded/embedded-postgres.js';
import { readPostmasterFile } from '../../src/database/embedded/postmaster-file.js';
import { clusterName, processesOf, runningProcesses } from '../../src/database/embedded/processes.js';
import { eventually } from '../support/eventually.js';

const settings = { fsync: 'off', shared_buffers: '16MB' };

describe('the embedded PostgreSQL', () => {
  /** A database that was made and ended, to begin with a copy of where its making is not what is looked at. */
  let made: string;
  let folder: string;
  let dataDir: string;
  const running: EmbeddedPostgres[] = [];

  beforeAll(async () => {
    made = await realpath(await mkdtemp(join(tmpdir(), 'signalbox-embedded-')));
    await (await startEmbeddedPostgres({ dataDir: made, settings })).stop();
  });
  afterAll(() => rm(made, { recursive: true, force: true }));

  beforeEach(async () => {
    // Of mode 700, as a clone in somebody's home: when root runs this, the server's user cannot look into it.
    folder = await realpath(await mkdtemp(join(tmpdir(), 'signalbox-embedded-')));
    dataDir = join(folder, 'data');
  });

  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
    expect(await leftRunning()).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  });

  async function start(dir = dataDir): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ dataDir: dir, settings });
    running.push(server);
    return server;
  }

  /** Starts it where there is a database already. */
  async function startMade(): Promise<EmbeddedPostgres> {
    await mkdir(dataDir);
    // As root the files stay the server's user's.
    await promisify(execFile)('cp', ['-a', join(made, 'postgres'), dataDir]);
    return start();
  }

  const leftRunning = async () => {
    const marks = [folder, clusterName(dataDir)];
    const isOurs = ({ command }: { command: string }) => marks.some((mark) => command.includes(mark));
    return (await runningProcesses()).filter(isOurs);
  };
  const postmasterPid = async () =>
    (await readPostmasterFile(join(dataDir, 'postgres/cluster')))?.pid as number;

  it('keeps what was written and is reached through a private socket only', async () => {
    const first = await start();
    await query(first.connection, 'create table kept (word text)', `insert into kept values ('Straße')`);
    expect(await query(first.connection, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect((await stat(first.connection.host)).mode & 0o777).toBe(0o700);
    await Promise.all([first.stop(), first.stop()]);
    await expect(stat(first.connection.host)).rejects.toThrow('ENOENT');
    expect(await leftRunning()).toEqual([]);

    const second = await start();
    expect(await query(second.connection, 'select lower(word) from kept')).toEqual([{ lower: 'straße' }]);
  });

  it('belongs to one owner at a time', async () => {
    const first = await startMade();
    await expect(start()).rejects.toThrow(`Another Signalbox is using the data in ${dataDir}`);
    expect(await query(first.connection, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await first.stop();
    await start();
  });

  it('puts the socket elsewhere when the path is too long for one', async () => {
    dataDir = join(folder, 'a-folder-with-a-long-name-'.repeat(8));
    const { connection } = await start();
    expect(connection.host).not.toContain(folder);
    expect(await query(connection, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  it('refuses data of another PostgreSQL version', async () => {
    const server = await startMade();
    await server.stop();
    await writeFile(join(dataDir, 'postgres/cluster/PG_VERSION'), '12\n');
    await expect(start()).rejects.toThrow(/was made by PostgreSQL 12/);
  });

  it('gives the reason when the server does not start', async () => {
    await expect(
      startEmbeddedPostgres({ dataDir, settings: { ...settings, shared_buffers: '1kB' } }),
    ).rejects.toThrow(/^The embedded PostgreSQL does not start: .*shared_buffers/);
    await start();
  });

  it('does not trip over the pid file of a server that is gone', async () => {
    const server = await startMade();
    await server.stop();
    // As after a container's restart: the pid is taken, by somebody else.
    const file = join(dataDir, 'postgres/cluster/postmaster.pid');
    await writeFile(
      file,
      `${process.ppid}\n${join(dataDir, 'postgres/cluster')}\n1700000000\n5432\n\n\n0 0\nready\n`,
    );
    await start();
  });

  it('leaves a server alone that somebody else runs on its data', async () => {
    const first = await startMade();
    const shown = join(folder, 'shown-elsewhere');
    await mkdir(join(shown, 'postgres'), { recursive: true });
    await symlink(join(dataDir, 'postgres/cluster'), join(shown, 'postgres/cluster'));
    await expect(start(shown)).rejects.toThrow(/does not start: lock file "postmaster.pid" already exists/);
    expect(await query(first.connection, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  it('says in one line that it cannot have the folder', async () => {
    await writeFile(dataDir, 'a file');
    await expect(start()).rejects.toThrow(/^Cannot keep the database in .+: EEXIST.+ Set DATA_DIR/);
  });

  /** The server says that it is stopping, which is looked for now and then only. */
  const SEEN_OR_NOT = expect.stringMatching(/^it (was shut down by somebody else|ended with code 0)$/);
  it.each([
    ['SIGTERM', 'it was shut down by somebody else'],
    ['SIGINT', SEEN_OR_NOT],
    ['SIGQUIT', SEEN_OR_NOT],
    ['SIGKILL', 'it ended with signal SIGKILL'],
  ] as const)('says so when it gets %s from somebody else, though a client stays', async (signal, reason) => {
    const server = await startMade();
    const client = new pg.Client(server.connection);
    client.on('error', () => undefined);
    await client.connect();
    process.kill(await postmasterPid(), signal);
    expect(await server.lost).toEqual(reason);
    expect(await processesOf(clusterName(dataDir))).toEqual([]);
    await client.end().catch(() => undefined);
  });

  it('gets a new watchdog when somebody kills it', async () => {
    await startMade();
    const watchdogs = async () =>
      (await runningProcesses()).filter(
        ({ command }) => command.startsWith('/bin/sh') && command.includes(folder),
      );
    const [first] = await watchdogs();
    process.kill(first?.pid as number, 'SIGKILL');
    await eventually(async () => {
      const [second] = await watchdogs();
      expect(second?.pid).toBeGreaterThan(0);
      expect(second?.pid).not.toBe(first?.pid);
    });
  });

  it('keeps the log of the start before, and no texts of clients in it', async () => {
    const server = await startMade();
    await query(server.connection, `select 'a secret'::int`).catch(() => undefined);
    await server.stop();
    await start();
    const log = await readFile(join(dataDir, 'postgres.log.1'), 'utf8');
    expect(log).toContain('database system is shut down');
    expect(log).not.toContain('secret');
  });
});

async function query(connection: DatabaseConnection, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
