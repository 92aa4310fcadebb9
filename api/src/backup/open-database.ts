import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Environment } from '../config/environment.js';
import { connectionFromUrl, type DatabaseConnection } from '../database/connection.js';
import { startEmbeddedPostgres } from '../database/embedded/embedded-postgres.js';
import { readPostmasterFile } from '../database/embedded/postmaster-file.js';
import { withClient } from '../database/with-client.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { BackupError } from './backup.error.js';

const ROOT = resolve(import.meta.dirname, '../../..');
/** Of the embedded database and of the role that owns it. */
const APP = 'signalbox';

type Settings = Pick<Environment, 'DATABASE_URL' | 'DATA_DIR'>;

export const dataDirOf = ({ DATA_DIR }: Pick<Settings, 'DATA_DIR'>): string => resolve(ROOT, DATA_DIR);

/**
 * The database of the settings, to read from: the embedded one also while a desk runs on it; else it runs for as
 * long as this process.
 * @throws BackupError when there is none, what `startEmbeddedPostgres` throws
 */
export async function openToRead(settings: Settings, lifecycle: Lifecycle): Promise<DatabaseConnection> {
  if (settings.DATABASE_URL !== undefined) return connectionFromUrl(settings.DATABASE_URL);
  const cluster = join(dataDirOf(settings), 'postgres', 'cluster');
  await access(cluster).catch(() => {
    throw new BackupError(`There is no database in ${dataDirOf(settings)}; set DATA_DIR or DATABASE_URL`);
  });
  return (await running(cluster)) ?? openToWrite(settings, lifecycle);
}

/** The database of the settings, which nobody else may use meanwhile. @throws what `startEmbeddedPostgres` throws */
export async function openToWrite(settings: Settings, lifecycle: Lifecycle): Promise<DatabaseConnection> {
  if (settings.DATABASE_URL !== undefined) return connectionFromUrl(settings.DATABASE_URL);
  const server = await startEmbeddedPostgres({ dataDir: dataDirOf(settings) });
  lifecycle.atEnd(() => server.stop());
  void server.lost.then((reason) => lifecycle.fail(`The embedded PostgreSQL has ended: ${reason}`));
  return server.connection;
}

/** The server that a desk has started on the folder; null when none answers. */
async function running(cluster: string): Promise<DatabaseConnection | null> {
  const file = await readPostmasterFile(cluster);
  if (file?.status !== 'ready') return null;
  const connection = { host: file.socketFolder, port: 5432, user: APP, database: APP };
  return withClient(connection, 'signalbox backup', async () => connection).catch(() => null);
}
