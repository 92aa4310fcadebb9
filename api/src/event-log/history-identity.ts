import type { ClientBase } from 'pg';

/** Which history the database holds, and where its resume window begins. */
export interface HistoryIdentity {
  readonly epoch: string;
  readonly floor: { readonly id: number; readonly mark: string };
}

/**
 * Reads the epoch, and begins a new one where the history now lives elsewhere than it did: another
 * cluster (restore into it), another timeline (failover, point-in-time recovery), another database or
 * another event table (pg_restore, a copy by template). A data folder that was copied back keeps all of
 * these; there the cursor's mark tells.
 */
export async function identifyHistory(client: ClientBase): Promise<HistoryIdentity> {
  await client.query('begin');
  try {
    await client.query('select 1 from feed for update');
    const { rows } = await client.query<{ epoch: string; floor_id: string; floor_mark: string }>(`
      with here as (
        select (select system_identifier from pg_control_system())::text as system_identifier,
               ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int as timeline,
               (select oid from pg_database where datname = current_database()) as database_oid,
               'event'::regclass::oid as event_table_oid)
      update feed set
        epoch = case when feed.system_identifier is null
          or (feed.system_identifier, feed.timeline, feed.database_oid, feed.event_table_oid)
           = (here.system_identifier, here.timeline, here.database_oid, here.event_table_oid)
          then feed.epoch else gen_random_uuid() end,
        system_identifier = here.system_identifier, timeline = here.timeline,
        database_oid = here.database_oid, event_table_oid = here.event_table_oid
      from here
      returning epoch, floor_id, floor_mark`);
    await client.query('commit');
    const row = rows[0];
    if (row === undefined) throw new Error('The table "feed" has lost its row');
    return { epoch: row.epoch, floor: { id: Number(row.floor_id), mark: row.floor_mark } };
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
