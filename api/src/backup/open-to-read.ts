import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { connectionFromUrl, type DatabaseConnection } from '../database/connection.js';
import { appConnection } from '../database/embedded/embedded-postgres.js';
import { readPostmasterFile } from '../database/embedded/postmaster-file.js';
import { type DatabaseSettings, dataDirOf, openDatabase } from '../database/open-database.js';
import { withClient } from '../database/with-client.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { BackupError } from './backup.error.js';

/**
 * The database of the settings, to read from: the embedded one also while a desk runs on it; else it runs for as
 * long as this process.
 * @throws BackupError when there is none, what `openDatabase` throws
 */
export async function openToRead(
  settings: DatabaseSettings,
  lifecycle: Lifecycle,
): Promise<DatabaseConnection> {
  if (settings.DATABASE_URL !== undefined) return connectionFromUrl(settings.DATABASE_URL);
  const cluster = join(dataDirOf(settings), 'postgres', 'cluster');
  await access(cluster).catch(() => {
    throw new BackupError(`There is no database in ${dataDirOf(settings)}; set DATA_DIR or DATABASE_URL`);
  });
  return (await running(cluster)) ?? openDatabase(settings, lifecycle);
}

/** The server that a desk has started on the folder; null when none answers. */
async function running(cluster: string): Promise<DatabaseConnection | null> {
  const file = await readPostmasterFile(cluster);
  if (file?.status !== 'ready') return null;
  const connection = appConnection(file.socketFolder);
  return withClient(connection, 'signalbox backup', async () => connection).catch(() => null);
}
