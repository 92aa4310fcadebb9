import { execFile } from 'node:child_process';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { DatabaseConnection } from '../connection.js';
import { withClient } from '../with-client.js';
import { bundledBinaries } from './binaries.js';
import { ensureCluster, makeHome, SUPERUSER } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { endLeftovers } from './leftovers.js';
import { lockFolder } from './owner-lock.js';
import { Postmaster } from './postmaster.js';
import { clusterName } from './processes.js';
import { ServerLog } from './server-log.js';
import { serverAccount, serverUser } from './server-user.js';
import { type PostgresSettings, serverArguments } from './settings.js';
import { makeSocketFolder } from './socket-folder.js';

/** The app's database and the role that owns it. */
const APP = 'signalbox';

/** Where the server is and how it runs. */
export interface EmbeddedPostgresOptions {
  /** Holds all that the server keeps; made when it is not there. */
  readonly dataDir: string;
  /** Gets a line when something takes longer than a moment. */
  readonly tell?: (message: string) => void;
  /** PostgreSQL settings over the defaults. */
  readonly settings?: PostgresSettings;
  /** The folder of other `postgres` and `initdb`, 15 or later; without it those that npm installed. */
  readonly binDir?: string;
}

/** A PostgreSQL server of our own that ends when this process ends, however that is. */
export interface EmbeddedPostgres {
  /** The app's database, as the role that owns it, which is no superuser. */
  readonly connection: DatabaseConnection;
  /** The same server's database `postgres` as superuser. */
  readonly superuser: DatabaseConnection;
  /** Resolves with the reason, one line, when the server ends unasked; pending for ever otherwise. */
  readonly lost: Promise<string>;
  /** Ends the server, at most a few seconds; nothing acknowledged is lost. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts the server on `dataDir`, making the database the first time, and waits until it takes connections. What is
 * left there of a former owner, killed a moment ago perhaps, is ended first.
 * @throws EmbeddedPostgresError with one line to show, when the folder is in use by another app or the server cannot run
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (cause) {
    // No permission, no space, a read-only disk: whatever the system says.
    const { code, message } = cause as { code?: unknown; message: string };
    if (code === undefined) throw cause;
    const reason = message.trim().split('\n').at(-1);
    throw new EmbeddedPostgresError(
      `Cannot keep the database in ${options.dataDir}: ${reason}. Set DATA_DIR to another folder, or DATABASE_URL.`,
      { cause },
    );
  }
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { tell = () => undefined, settings = {}, binDir = bundledBinaries() } = options;
  // Root's is passed through by the server's user on the way to its own folder.
  await mkdir(options.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const dataDir = await realpath(options.dataDir);
  await using starting = new AsyncDisposableStack();
  starting.adopt(await lockFolder(dataDir), (lock) => lock.release());

  const home = join(dataDir, 'postgres');
  const account = await serverAccount(home);
  await makeHome(home, account);
  const user = await serverUser(account, binDir, home);
  const cluster = clusterName(dataDir);
  await endLeftovers(join(home, 'cluster'), cluster);

  const version = await majorVersion(binDir);
  const durable = settings['fsync'] !== 'off';
  const folder = await ensureCluster(home, { binDir, user, account, version, durable });
  const host = await makeSocketFolder(home, cluster, account);
  starting.defer(() => rm(host, { recursive: true, force: true }));
  const log = starting.adopt(await ServerLog.open(join(dataDir, 'postgres.log')), (open) => open.close());
  const args = serverArguments(folder, host, cluster, settings);
  const postmaster = starting.adopt(
    await Postmaster.start({ binDir, user, folder, cluster, args, log, tell }),
    (running) => running.stop(),
  );
  const superuser = { host, port: 5432, user: SUPERUSER, database: 'postgres' };
  await ensureDatabase(superuser);

  const started = starting.move();
  let stopped: Promise<void> | undefined;
  return {
    connection: appConnection(host),
    superuser,
    lost: postmaster.lost,
    stop: () => (stopped ??= started.disposeAsync()),
  };
}

/** The app's database of a server whose socket is in this folder, as the role that owns it. */
export const appConnection = (socketFolder: string): DatabaseConnection => ({
  host: socketFolder,
  port: 5432,
  user: APP,
  database: APP,
});

async function majorVersion(binDir: string): Promise<number> {
  const { stdout } = await promisify(execFile)(join(binDir, 'postgres'), ['--version']);
  return Number(/(\d+)/.exec(stdout)?.[1]);
}

function ensureDatabase(superuser: DatabaseConnection): Promise<void> {
  return withClient(superuser, 'signalbox start', async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [APP]);
    if (rowCount !== 0) return;
    const role = await client.query('select from pg_roles where rolname = $1', [APP]);
    if (role.rowCount === 0) await client.query(`create role ${APP} login`);
    await client.query(`create database ${APP} owner ${APP}`);
  });
}
