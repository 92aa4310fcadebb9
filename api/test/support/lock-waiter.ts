import type pg from 'pg';

import { eventually } from './eventually.js';

/** Resolves as soon as a statement that holds this text waits for a lock of another transaction in `sql`'s database. */
export const lockWaiter = (sql: pg.Client, text: string): Promise<void> =>
  eventually(async () => {
    // Within a transaction, the first look would else be kept.
    await sql.query('select pg_stat_clear_snapshot()');
    const { rowCount } = await sql.query(
      `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
         and wait_event_type = 'Lock' and position($1 in query) > 0`,
      [text],
    );
    if (rowCount === 0) throw new Error(`Nothing waits with ${text}`);
  });
