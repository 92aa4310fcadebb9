import { isDeepStrictEqual } from 'node:util';

import type pg from 'pg';

import type { Stats, StatsCounts } from '../../src/contract/stats.js';
import type { TicketRow } from '../../src/contract/ticket.js';
import { sqlStats } from '../../test/support/oracle.js';
import { digest } from './row-digest.js';

/** What SQL says, of a desk that nobody writes to. */
export interface Truth {
  /** Ids of the events after `from`, in order. */
  readonly log: readonly number[];
  readonly last: number;
  /** Tickets by id, as `digest`. */
  readonly rows: ReadonlyMap<number, string>;
  readonly stats: StatsCounts;
}

type TableRow = Pick<TicketRow, 'title' | 'category' | 'priority' | 'status' | 'version'> & {
  id: string;
  assignee_id: string | null;
  created_at: Date;
};

/** @param from the last event that was proved before */
export async function readTruth(sql: pg.Client, from: number): Promise<Truth> {
  const events = await sql.query<{ id: string }>('select id from event where id > $1 order by id', [from]);
  const log = events.rows.map(({ id }) => Number(id));
  const tickets = await sql.query<TableRow>(
    'select id, title, category, priority, status, version, assignee_id, created_at from ticket',
  );
  const rows = new Map(
    tickets.rows.map((row) => {
      const id = Number(row.id);
      const made = { ...row, id, assigneeId: row.assignee_id, createdAt: row.created_at.getTime() };
      return [id, digest(made)] as const;
    }),
  );
  return { log, last: log.at(-1) ?? from, rows, stats: await sqlStats(sql) };
}

/** Means are sums of the same numbers in another order. */
const SAME_MEAN = 1e-9;

/** What figures are not as SQL says; null when they are. */
export function statsDrift({ as_of: _, ...figures }: Stats, sql: StatsCounts): string | null {
  const { avg_tickets_per_day: mean, ...counts } = figures;
  const { avg_tickets_per_day: sqlMean, ...sqlCounts } = sql;
  const same = isDeepStrictEqual(counts, sqlCounts) && Math.abs(mean - sqlMean) < SAME_MEAN;
  return same ? null : `figures ${JSON.stringify(figures)} instead of ${JSON.stringify(sql)}`;
}
