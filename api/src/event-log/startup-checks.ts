import type { ClientBase } from 'pg';

/** The database is set so that the feed could lose or repeat changes. The message says what to mend. */
export class UnsafeDatabaseError extends Error {
  override readonly name = 'UnsafeDatabaseError';
}

/** Triggers without which changes go unseen, by table. */
const REQUIRED_TRIGGERS = [
  ['ticket', 'ticket_version'],
  ['ticket', 'emit_event'],
  ['ticket', 'refuse_truncate'],
  ['event', 'refuse_truncate'],
  ['comment', 'keep_comment'],
  ['comment', 'emit_event'],
  ['comment', 'refuse_truncate'],
  ['person', 'emit_event'],
] as const;

/**
 * Refuses a database on which the guarantee does not hold.
 * @param options.fsyncMayBeOff throw-away databases of tests only
 * @throws UnsafeDatabaseError
 */
export async function checkDatabase(client: ClientBase, options: { fsyncMayBeOff: boolean }): Promise<void> {
  const { rows } = await client.query<{ fsync: string; version: number; recovering: boolean }>(
    `select current_setting('fsync') as fsync, current_setting('server_version_num')::int as version,
            pg_is_in_recovery() as recovering`,
  );
  const server = rows[0]!;
  if (server.version < 150_000) throw new UnsafeDatabaseError('PostgreSQL 15 or later is needed');
  if (server.recovering)
    throw new UnsafeDatabaseError('This PostgreSQL is a standby; connect to the primary');
  if (server.fsync === 'off' && !options.fsyncMayBeOff) {
    throw new UnsafeDatabaseError(
      'PostgreSQL runs with fsync = off: a crash would lose acknowledged changes',
    );
  }

  const triggers = await client.query<{ name: string }>(
    `select c.relname || '.' || t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'public'::regnamespace and not t.tgisinternal and t.tgenabled = 'A'`,
  );
  const enabled = new Set(triggers.rows.map(({ name }) => name));
  for (const [table, trigger] of REQUIRED_TRIGGERS) {
    if (!enabled.has(`${table}.${trigger}`)) {
      throw new UnsafeDatabaseError(
        `Trigger "${trigger}" of "${table}" is missing or not enabled ALWAYS; mend it with: ` +
          `alter table ${table} enable always trigger ${trigger}`,
      );
    }
  }

  const sequence = await client.query<{ cache: string; behind: boolean }>(
    `select cache_size::text as cache,
            (select last_value from event_id_seq) < (select coalesce(max(id), 1) from event) as behind
     from pg_sequences where schemaname = 'public' and sequencename = 'event_id_seq'`,
  );
  const found = sequence.rows[0];
  if (found === undefined || found.cache !== '1') {
    throw new UnsafeDatabaseError('Sequence "event_id_seq" is missing or has a cache above 1');
  }
  if (found.behind) throw new UnsafeDatabaseError('Sequence "event_id_seq" is behind the last event');
}
