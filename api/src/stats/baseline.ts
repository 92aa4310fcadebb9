import { Injectable } from '@nestjs/common';

import type { Category, Priority, Status } from '../contract/ticket.js';
import { Database, type SqlExecutor } from '../database/database.js';
import { EVENT_COLUMNS, type EventRecord, toLoggedEvent } from '../event-log/logged-event.js';
import { Fold } from './fold.js';

const PAGE = 5_000;

/** Both groupings in one pass over the tickets; `day` is null in rows of cells. */
const COUNT = `
  select status, priority, category, assignee_id,
         floor(extract(epoch from created_at) / 86400)::int as day, count(*)::int as count
  from ticket
  group by grouping sets ((status, priority, category, assignee_id),
                          (floor(extract(epoch from created_at) / 86400)::int))`;

const RESOLVED = `
  select count(*)::int as count from event
  where at >= to_timestamp($2::float8 * 86400) and at < to_timestamp(($2::float8 + 1) * 86400) and id <= $1
    and type = 'ticket.updated' and 'status' = any (changed) and changes -> 'status' ->> 1 = 'resolved'`;

interface CountRow {
  status: Status | null;
  priority: Priority;
  category: Category;
  assignee_id: string | null;
  day: number | null;
  count: number;
}

/** Counts by SQL what the fold should hold. */
@Injectable()
export class Baseline {
  constructor(private readonly database: Database) {}

  /**
   * The fold at exactly `position`, a position that was read before this call. The snapshot holds all
   * events up to it (they are visible once read), and maybe some above: those are taken out again.
   */
  at(position: number, today: number): Promise<Fold> {
    return this.database.snapshot(async (execute) => {
      const fold = new Fold();
      for (const row of (await execute<CountRow>(COUNT)).rows) {
        if (row.status === null) fold.addCreated(row.day!, row.count);
        else fold.addCell({ ...row, status: row.status, assigneeId: row.assignee_id }, row.count);
      }
      await this.#takeOutAbove(position, fold, execute);
      // Counted up to the position already: taking events above it out may have gone below.
      const resolved = await execute<{ count: number }>(RESOLVED, [position, today]);
      fold.forgetResolvedBefore(Number.POSITIVE_INFINITY);
      fold.addResolved(today, resolved.rows[0]!.count);
      return fold;
    });
  }

  async #takeOutAbove(position: number, fold: Fold, execute: SqlExecutor): Promise<void> {
    let after = position;
    for (;;) {
      const { rows } = await execute<EventRecord>(
        `select ${EVENT_COLUMNS} from event where id > $1 order by id limit ${PAGE}`,
        [after],
      );
      for (const record of rows) fold.apply(toLoggedEvent(record), -1);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = Number(last.id);
    }
  }
}
