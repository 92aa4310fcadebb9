import type { Session } from './database.js';

/**
 * Runs `work` in a transaction of its own, unless a process is within work of this name right now. The lock has two
 * keys, which no position of a writer of events has (see EventLogReader).
 * @returns what `work` does; null when another process has the lock
 */
export function oneAtATime<Answer>(
  database: Session,
  name: string,
  work: (session: Session) => Promise<Answer>,
): Promise<Answer | null> {
  return database.transaction(async (session) => {
    const { rows } = await session.execute<{ free: boolean }>(
      `select pg_try_advisory_xact_lock(hashtext('one at a time'), hashtext($1)) as free`,
      [name],
    );
    return rows[0]!.free ? work(session) : null;
  });
}
