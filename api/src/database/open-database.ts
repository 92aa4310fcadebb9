import { resolve } from 'node:path';

import type { Environment } from '../config/environment.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { connectionFromUrl, type DatabaseConnection } from './connection.js';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.js';

/** Where the workspace is: relative folders in settings are meant from there, wherever npm was called. */
const ROOT = resolve(import.meta.dirname, '../../..');

/** The settings by which a database is found. */
export type DatabaseSettings = Pick<Environment, 'DATABASE_URL' | 'DATA_DIR'>;

export const dataDirOf = ({ DATA_DIR }: Pick<DatabaseSettings, 'DATA_DIR'>): string =>
  resolve(ROOT, DATA_DIR);

/**
 * The database of the settings, or an embedded one, which nobody else may use meanwhile and which ends with
 * `lifecycle`; when it ends by itself, so does that.
 * @param tell gets a line when something takes longer than a moment
 * @throws what `startEmbeddedPostgres` throws
 */
export async function openDatabase(
  settings: DatabaseSettings,
  lifecycle: Lifecycle,
  tell: (message: string) => void = () => undefined,
): Promise<DatabaseConnection> {
  if (settings.DATABASE_URL !== undefined) return connectionFromUrl(settings.DATABASE_URL);
  const server = await startEmbeddedPostgres({ dataDir: dataDirOf(settings), tell });
  lifecycle.atEnd(() => server.stop());
  void server.lost.then((reason) => lifecycle.fail(`The embedded PostgreSQL has ended: ${reason}`));
  return server.connection;
}
