import type pg from 'pg';

/** When somebody was last seen: noted in passing, by whatever they ask for. */
const SEEN = ['last_used_at', 'last_seen_at', 'expires_at', 'updated_at'];
/** What is found out or added up in the background, whoever asks. */
const LEARNED = ['ticket_text_common', 'series_cell', 'series_position'];

/** A digest of all rows of each table of the desk: equal as long as nothing is written. */
export async function tableDigests(sql: pg.Client): Promise<Record<string, string>> {
  const { rows } = await sql.query<{ digests: string }>(
    `select string_agg(format(
       'select %L as name, md5(string_agg(row, '';'' order by row)) as digest from (select (to_jsonb(t) - $1::text[])::text as row from %I t) rows',
       tablename, tablename), ' union all ') as digests
     from pg_tables where schemaname = 'public' and tablename <> all ($1)`,
    [LEARNED],
  );
  const digests = await sql.query<{ name: string; digest: string }>(rows[0]!.digests, [SEEN]);
  return Object.fromEntries(digests.rows.map(({ name, digest }) => [name, digest]));
}
