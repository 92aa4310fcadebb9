import { setTimeout as pause } from 'node:timers/promises';

import type { ClientBase } from 'pg';

import { BackupError } from './backup.error.js';

/** The server may see the last connection of a process that has ended for a moment more. */
const ENDING_MS = 2_000;

/**
 * Processes that go on would take the restored log for the one that they know. One that is just ending is waited for.
 * Also within a transaction: with its locks on all tables held, whoever comes later reads what it leaves.
 * @throws BackupError when there is one
 */
export async function refuseWhileInUse(client: ClientBase): Promise<void> {
  for (const end = performance.now() + ENDING_MS; ; await pause(ENDING_MS / 20)) {
    // Within a transaction, the first look would else be kept.
    await client.query('select pg_stat_clear_snapshot()');
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
