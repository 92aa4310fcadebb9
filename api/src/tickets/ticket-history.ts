import { Injectable } from '@nestjs/common';

import type { FeedEvent } from '../contract/events.js';
import type { HistoryQuery, TicketHistory } from '../contract/queries.js';
import { Database, type Statement } from '../database/database.js';
import { EVENT_COLUMNS, type EventRecord, toLoggedEvent } from '../event-log/logged-event.js';
import { ProblemError } from '../problems/problem-error.js';
import { type Neighbours, pageLinks } from '../paging/page-links.js';
import { absentTicket } from './ticket-read.js';

/** Beyond which event to go on: below its id (older) or above it. */
interface HistoryCursor {
  readonly direction: 'older' | 'newer';
  readonly id: number;
}

/** What happened to a ticket, newest first, for as long as it lives. */
@Injectable()
export class TicketHistoryReader {
  constructor(private readonly database: Database) {}

  /**
   * @param url the path with query that was asked for
   * @returns the events and their `Link` header
   * @throws ProblemError `not_found`, `gone`, `invalid` that names `cursor`
   */
  async history(
    id: number,
    query: HistoryQuery,
    url: string,
  ): Promise<{ history: TicketHistory; link: string }> {
    const cursor = query.cursor === undefined ? null : decode(query.cursor);
    const [[ticket], records] = await Promise.all([
      this.database.query<{ count: number }>({
        name: 'ticket-history-count',
        text: `select (select count(*)::int from event where ticket_id = $1) as count from ticket where id = $1`,
        values: [id],
      }),
      this.database.query<EventRecord>(historyStatement(id, query, cursor)),
    ]);
    if (ticket === undefined) throw await absentTicket(id, this.database);
    const results = records.slice(0, query.page_size).map((record) => toLoggedEvent(record).event);
    if (cursor?.direction === 'newer') results.reverse();
    const beside = neighbours(results, records.length > query.page_size, query.page, cursor);
    const { next, previous, header } = pageLinks(url, beside);
    return { history: { count: ticket.count, next, previous, results }, link: header };
  }
}

/** One event more than the page holds, to know whether there is another; newer ones come oldest first. */
function historyStatement(
  id: number,
  { page = 1, page_size: size }: HistoryQuery,
  cursor: HistoryCursor | null,
): Statement {
  const newer = cursor?.direction === 'newer';
  const beyond = cursor === null ? '' : `and id ${newer ? '>' : '<'} $4`;
  return {
    name: `ticket-history ${cursor?.direction ?? 'page'}`,
    text: `select ${EVENT_COLUMNS} from event where ticket_id = $1 ${beyond}
           order by id ${newer ? 'asc' : 'desc'} limit $2 offset $3`,
    values: [id, size + 1, (page - 1) * size, ...(cursor === null ? [] : [cursor.id])],
  };
}

function neighbours(
  events: readonly FeedEvent[],
  more: boolean,
  page: number | undefined,
  cursor: HistoryCursor | null,
): Neighbours {
  if (page !== undefined) {
    return {
      next: more ? { page: String(page + 1) } : null,
      previous: page > 1 ? { page: String(page - 1) } : null,
    };
  }
  const newer = cursor?.direction === 'newer';
  const to = (direction: HistoryCursor['direction'], event: FeedEvent | undefined) =>
    event === undefined ? null : { cursor: `${direction}.${event.id}` };
  return {
    next: more || newer ? to('older', events.at(-1)) : null,
    previous: (newer ? more : cursor !== null) ? to('newer', events[0]) : null,
  };
}

function decode(cursor: string): HistoryCursor {
  const [, direction, id] = /^(older|newer)\.(\d{1,15})$/.exec(cursor) ?? [];
  if (direction === undefined) throw ProblemError.field('cursor', 'was not given here');
  return { direction: direction as HistoryCursor['direction'], id: Number(id) };
}
