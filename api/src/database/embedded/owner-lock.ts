import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { EmbeddedPostgresError } from './embedded-postgres.error.js';

const SQLITE_BUSY = 5;

/** The right to use a data folder, held by one app at a time. */
export interface OwnerLock {
  release(): void;
}

/**
 * Takes the folder for this process. The lock is the operating system's on a file (an empty SQLite database does
 * the locking), so that it ends with its holder, however that dies, and never has to be cleaned up.
 * @throws EmbeddedPostgresError when another app has it
 */
export function lockFolder(folder: string): OwnerLock {
  const file = new DatabaseSync(join(folder, 'owner.lock'));
  try {
    file.exec('begin exclusive');
  } catch (cause) {
    file.close();
    if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) throw cause;
    throw new EmbeddedPostgresError(
      `Another Signalbox is using the data in ${folder}: stop it first, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  return { release: () => file.close() };
}
