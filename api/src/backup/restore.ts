import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import type { ClientBase } from 'pg';

import { BackgroundDatabase } from '../classification/background-database.js';
import { ClassificationQueue } from '../classification/classification-queue.js';
import { queuePace } from '../classification/queue-pace.js';
import type { DatabaseConnection } from '../database/connection.js';
import { migrate } from '../database/migrate.js';
import { MIGRATIONS } from '../database/orm.config.js';
import { withClient } from '../database/with-client.js';
import type { BackupOptions } from './backup.js';
import { BackupError } from './backup.error.js';
import { FORMAT_VERSION, type Header, header } from './backup-format.js';
import { BackupReader } from './backup-reader.js';
import { refuseWhileInUse } from './in-use.js';
import { load } from './load.js';
import { migrationsOf } from './tables.js';

/**
 * Makes a desk of a backup, migrated to what this Signalbox needs. The database gets all of it or stays as it was.
 * @param from the file's name, or what it holds
 * @throws BackupError with one line to show; what pg throws
 */
export async function restore(
  connection: DatabaseConnection,
  from: string | Readable,
  { force = false, progress = () => undefined }: Omit<BackupOptions, 'signal'> = {},
): Promise<void> {
  const packed = typeof from === 'string' ? await openFile(from) : from;
  const unpacked = createGunzip();
  // An error of either comes out of the reader, which reads `unpacked`.
  pipeline(packed, unpacked).catch(() => undefined);
  try {
    const backup = new BackupReader(unpacked);
    const { migrations } = readHeader(await backup.line());
    await withClient(connection, 'signalbox restore', async (client) => {
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
  await withClient(connection, 'signalbox restore', (client) => client.query('analyze'));
}

async function openFile(name: string): Promise<Readable> {
  const file = await open(name).catch((error: NodeJS.ErrnoException) => {
    throw new BackupError(`${name} cannot be read (${error.code})`);
  });
  return createReadStream('', { fd: file });
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

async function refuseOtherSchema(client: ClientBase, migrations: readonly string[]): Promise<void> {
  const here = await migrationsOf(client);
  if (here.every((name) => migrations.includes(name))) return;
  throw new BackupError(
    'The backup is older than this database’s schema; restore it into an empty database or another DATA_DIR',
  );
}

async function refuseToOverwrite(client: ClientBase): Promise<void> {
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
