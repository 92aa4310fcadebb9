import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

import { EmbeddedPostgresError } from './embedded-postgres.error.js';

const SQLITE_BUSY = 5;
const WAIT_MS = 4_000;
const POLL_MS = 100;

/** The right to use a data folder, held by one app at a time. */
export interface OwnerLock {
  release(): void;
}

/**
 * Takes the folder for this process. The lock is the operating system's on a file (an empty SQLite database does
 * the locking), so that it ends with its holder, however that dies, and never has to be cleaned up. A holder that
 * is just ending is waited for.
 * @throws EmbeddedPostgresError when another app has it and keeps it
 */
export async function lockFolder(folder: string): Promise<OwnerLock> {
  const file = new DatabaseSync(join(folder, 'owner.lock'));
  try {
    for (const end = Date.now() + WAIT_MS; !isLocked(file); await delay(POLL_MS)) {
      if (Date.now() < end) continue;
      throw new EmbeddedPostgresError(
        `Another Signalbox is using the data in ${folder}: stop it first, or set DATA_DIR to another folder.`,
      );
    }
  } catch (error) {
    file.close();
    throw error;
  }
  return { release: () => file.close() };
}

function isLocked(file: DatabaseSync): boolean {
  try {
    file.exec('begin exclusive');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
