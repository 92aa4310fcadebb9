import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createGunzip, createGzip } from 'node:zlib';

import pg from 'pg';

import { BackgroundDatabase } from '../classification/background-database.js';
import { ClassificationQueue } from '../classification/classification-queue.js';
import { queuePace } from '../classification/queue-pace.js';
import type { DatabaseConnection } from '../database/connection.js';
import { migrate } from '../database/migrate.js';
import { MIGRATIONS } from '../database/orm.config.js';
import { BackupError } from './backup.error.js';
import { FORMAT_VERSION, type Header, header } from './backup-format.js';
import { BackupReader } from './backup-reader.js';
import { dump, type Progress } from './dump.js';
import { load } from './load.js';
import { migrationsOf } from './tables.js';

export interface BackupOptions {
  /** Takes the place of what is there. */
  readonly force?: boolean;
  readonly progress?: Progress;
}

/** It holds what people wrote, and the hashes of their passwords. */
const ONLY_MINE = 0o600;
/** The server may see the last connection of a process that has ended for a moment more. */
const ENDING_MS = 2_000;

/**
 * Writes all that a desk holds into one file, while the desk runs or not. The file is whole or not there.
 * @throws BackupError when there is such a file already, or no desk in the database; what the disk or pg throws
 */
export async function backUp(
  connection: DatabaseConnection,
  file: string,
  { force = false, progress = () => undefined }: BackupOptions = {},
): Promise<void> {
  if (!force && (await exists(file)))
    throw new BackupError(`${file} is there already; --force writes over it`);
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  try {
    await connected(connection, 'signalbox backup', async (client) => {
      const pieces = Readable.from(dump(client, progress));
      await pipeline(pieces, createGzip(), createWriteStream(partial, { mode: ONLY_MINE, flush: true }));
    });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/**
 * Makes a desk of a backup, migrated to what this Signalbox needs. The database gets all of it or stays as it was.
 * @throws BackupError with one line to show; what pg throws
 */
export async function restore(
  connection: DatabaseConnection,
  file: string,
  { force = false, progress = () => undefined }: BackupOptions = {},
): Promise<void> {
  const source = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new BackupError(`${file} cannot be read (${error.code})`);
  });
  const packed = createReadStream('', { fd: source });
  const unpacked = createGunzip();
  // An error of either comes out of the reader, which reads `unpacked`.
  pipeline(packed, unpacked).catch(() => undefined);
  try {
    const backup = new BackupReader(unpacked);
    const { migrations } = readHeader(await backup.line());
    await connected(connection, 'signalbox restore', async (client) => {
      await refuseWhileInUse(client);
      await refuseOtherSchema(client, migrations);
      if (!force) await refuseToOverwrite(client);
      await migrate(connection, migrations.at(-1));
      await prepareQueue(connection);
      await load(client, backup, progress);
    });
  } finally {
    unpacked.destroy();
    packed.destroy();
  }
  await migrate(connection);
  await connected(connection, 'signalbox restore', (client) => client.query('analyze'));
}

function readHeader(line: unknown): Header {
  const read = header.safeParse(line);
  if (!read.success) throw new BackupError('This is not a backup of Signalbox');
  const known: readonly string[] = MIGRATIONS;
  const tooNew =
    read.data.version > FORMAT_VERSION || read.data.migrations.some((name) => !known.includes(name));
  if (tooNew) throw new BackupError('This backup was made by a newer Signalbox; restore it with that one');
  return read.data;
}

/** Processes that go on would take the restored log for the one that they know. One that is just ending is waited for. */
async function refuseWhileInUse(client: pg.Client): Promise<void> {
  for (const end = performance.now() + ENDING_MS; ; await pause(ENDING_MS / 20)) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and application_name like 'signalbox%'`,
    );
    if (rowCount === 0) return;
    if (performance.now() > end) {
      throw new BackupError('A Signalbox is using this database; stop all of its processes first');
    }
  }
}

async function refuseOtherSchema(client: pg.Client, migrations: readonly string[]): Promise<void> {
  const here = await migrationsOf(client);
  if (here.every((name) => migrations.includes(name))) return;
  throw new BackupError(
    'The backup is older than this database’s schema; restore it into an empty database or another DATA_DIR',
  );
}

async function refuseToOverwrite(client: pg.Client): Promise<void> {
  if ((await migrationsOf(client)).length === 0) return;
  const { rows } = await client.query<{ used: boolean }>(
    'select exists (select from person) or exists (select from event) as used',
  );
  if (rows[0]?.used) {
    throw new BackupError('There is a desk in this database already; --force puts the backup in its place');
  }
}

/** Classification jobs are put back through their queue, whose schema is pg-boss's own. */
async function prepareQueue(connection: DatabaseConnection): Promise<void> {
  const queue = new ClassificationQueue(new BackgroundDatabase(connection), queuePace(0));
  await queue.onModuleInit();
  await queue.beforeApplicationShutdown();
}

async function connected<Answer>(
  connection: DatabaseConnection,
  name: string,
  work: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new pg.Client({ ...connection, application_name: name, keepAlive: true });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
