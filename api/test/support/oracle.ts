import type pg from 'pg';

import type { StatsCounts } from '../../src/contract/stats.js';
import { eventually } from './eventually.js';
import type { FeedClient } from './feed-client.js';

/** The table as lists show it, by SQL alone. */
async function tableRows(client: pg.Client): Promise<Map<number, Record<string, unknown>>> {
  const { rows } = await client.query<{ row: Record<string, unknown> & { id: number } }>(`
    select json_build_object('id', id, 'title', title, 'category', category, 'priority', priority, 'status', status,
      'assignee', assignee_id, 'version', version, 'created_at', created_at) as row from ticket`);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

/** The figures by SQL alone, each on its own, as a person would ask for them. */
export async function sqlStats(client: pg.Client): Promise<StatsCounts> {
  const count = async (where: string) =>
    (await client.query<{ n: number }>(`select count(*)::int as n from ticket where ${where}`)).rows[0]!.n;
  const breakdown = async (column: string, values: string[]) => {
    const counts: Record<string, number> = {};
    for (const value of values) counts[value] = await count(`${column} = '${value}'`);
    return counts;
  };
  const utcToday = `(now() at time zone 'UTC')::date`;
  const { rows } = await client.query<{ mean: number; resolved: number }>(`
    select coalesce((select avg(n)::float8 from (select count(*) as n from ticket
        group by (created_at at time zone 'UTC')::date) days), 0) as mean,
      (select count(*)::int from event where type = 'ticket.updated' and changes -> 'status' ->> 1 = 'resolved'
        and (at at time zone 'UTC')::date = ${utcToday}) as resolved`);
  return {
    total_tickets: await count('true'),
    open_tickets: await count(`status = 'open'`),
    avg_tickets_per_day: rows[0]!.mean,
    priority_breakdown: await breakdown('priority', ['low', 'medium', 'high', 'critical']),
    category_breakdown: await breakdown('category', ['billing', 'technical', 'account', 'general']),
    status_breakdown: await breakdown('status', ['open', 'in_progress', 'resolved', 'closed']),
    unassigned_open: await count(`status = 'open' and assignee_id is null`),
    created_today: await count(`(created_at at time zone 'UTC')::date = ${utcToday}`),
    resolved_today: rows[0]!.resolved,
  } as StatsCounts;
}

/** Everything about a quiet client that is not as SQL says; empty when all is exact. */
export async function violations(client: pg.Client, feed: FeedClient): Promise<string[]> {
  const found: string[] = [];
  const log = await client.query<{ id: string }>('select id from event where id > $1 order by id', [
    feed.firstCursor?.id ?? 0,
  ]);
  const expected = log.rows.map(({ id }) => Number(id));
  const seen = new Set(feed.applied);
  for (const id of expected) if (!seen.has(id)) found.push(`event ${id} was lost`);
  if (seen.size !== feed.applied.length) found.push('an event was applied twice');
  if (feed.applied.some((id, index) => index > 0 && id <= feed.applied[index - 1]!))
    found.push('events out of order');
  if (feed.applied.length > expected.length) found.push('events that are not in the log');

  const table = await tableRows(client);
  for (const [id, row] of table) {
    const held = feed.rows.get(id);
    if (held === undefined) {
      found.push(`ticket ${id} is missing`);
      continue;
    }
    const mine = { ...held, assignee: held.assignee?.id ?? null };
    for (const [field, value] of Object.entries(row)) {
      const same =
        field === 'created_at'
          ? new Date(value as string).getTime() === new Date(mine.created_at).getTime()
          : (mine as Record<string, unknown>)[field] === value;
      if (!same) found.push(`ticket ${id} has another ${field}`);
    }
  }
  for (const id of feed.rows.keys()) if (!table.has(id)) found.push(`ticket ${id} should be gone`);

  const { as_of: asOf, ...figures } = feed.stats ?? { as_of: null };
  const { avg_tickets_per_day: mean, ...counts } = figures as StatsCounts;
  const { avg_tickets_per_day: sqlMean, ...sqlCounts } = await sqlStats(client);
  if (JSON.stringify(counts) !== JSON.stringify(sqlCounts)) {
    found.push(`figures ${JSON.stringify(counts)} instead of ${JSON.stringify(sqlCounts)}`);
  }
  if (Math.abs((mean ?? 0) - sqlMean) > 1e-9) found.push(`mean ${mean} instead of ${sqlMean}`);
  if (asOf?.id !== feed.cursor?.id) found.push('figures of another position than the replica');
  return found;
}

/**
 * Waits until each of these clients is exact: its log rises, has no gap and equals the event table, its tickets and
 * figures equal SQL. Nobody may write meanwhile. @throws with what is not so after `timeoutMs`
 */
export async function allExact(
  client: pg.Client,
  feeds: readonly FeedClient[],
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  const left = () => Math.max(0, deadline - performance.now());
  const { rows } = await client.query<{ id: string }>('select coalesce(max(id), 0) as id from event');
  const last = Number(rows[0]!.id);
  for (const feed of feeds) {
    await eventually(() => {
      const [at, figuresAt] = [feed.cursor?.id, feed.stats?.as_of.id];
      if (at !== last || figuresAt !== last) {
        throw new Error(`The log is at ${last}, a client at ${at}, its figures at ${figuresAt}`);
      }
    }, left());
    // A snapshot may still be on its way.
    await eventually(
      async () => {
        const found = await violations(client, feed);
        if (found.length > 0) throw new Error(`${found.length} violations: ${found.slice(0, 20).join('; ')}`);
      },
      left(),
      200,
    );
  }
}
