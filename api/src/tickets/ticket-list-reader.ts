import { Injectable } from '@nestjs/common';

import type { Identity } from '../auth/identity.js';
import type { ListTicketsQuery, TicketList } from '../contract/queries.js';
import { Database } from '../database/database.js';
import { EventLog } from '../event-log/event-log.js';
import { pagesBeside } from '../paging/numbered-page.js';
import { type Neighbours, pageLinks } from '../paging/page-links.js';
import { ProblemError } from '../problems/problem-error.js';
import { LiveStats } from '../stats/live-stats.js';
import { decodeCursor, encodeCursor, type ListCursor } from './list-cursor.js';
import type { ListRequest } from './list-request.js';
import { readTicketPage, type TicketPage } from './ticket-list.js';
import { toTicket } from './ticket-record.js';

const NOTHING: TicketPage = { count: 0, countExact: true, rows: [], next: null, previous: null };

/** Lists for the wire: rows by SQL, counts from the live fold wherever it knows them. */
@Injectable()
export class TicketListReader {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    private readonly live: LiveStats,
  ) {}

  /**
   * @param url the path with query that was asked for
   * @returns the list and its `Link` header
   * @throws ProblemError `invalid` that names `cursor`
   */
  async list(
    query: ListTicketsQuery,
    url: string,
    caller: Identity,
  ): Promise<{ list: TicketList; link: string }> {
    const request = requestOf(query, caller);
    await this.log.settled();
    // Taken before the rows are read: they may hold later changes, but miss none up to here.
    const asOf = this.log.position;
    const page = request === null ? NOTHING : await readTicketPage(request, this.live, this.database);
    const { next, previous, header } = pageLinks(url, neighbours(page, query.page));
    return {
      list: {
        count: page.count,
        count_exact: page.countExact,
        next,
        previous,
        as_of: asOf,
        results: page.rows.map(toTicket),
      },
      link: header,
    };
  }
}

/** Null: nothing can match, since who asks for their own tickets is nobody who could have any. */
function requestOf(query: ListTicketsQuery, caller: Identity): ListRequest | null {
  const { status, category, priority, ordering } = query;
  const assignee = query.assignee === 'me' ? (caller.person?.id ?? null) : query.assignee;
  if (assignee === null) return null;
  return {
    facets: { status, category, priority, assignee },
    createdAfter: query.created_after,
    createdBefore: query.created_before,
    search: query.search || undefined,
    ordering,
    pageSize: query.page_size,
    from: startOf(query),
  };
}

function startOf({ page = 1, page_size: size, cursor, ordering }: ListTicketsQuery): ListRequest['from'] {
  if (cursor === undefined) return { offset: (page - 1) * size };
  const from = decodeCursor(cursor, ordering);
  if (from === null) throw ProblemError.field('cursor', 'was not given here for this ordering');
  return from;
}

/** Asked with `page`, neighbours are pages; else cursors. */
function neighbours({ next, previous }: TicketPage, page: number | undefined): Neighbours {
  if (page !== undefined) return pagesBeside(page, next !== null);
  const to = (cursor: ListCursor | null) => cursor && { cursor: encodeCursor(cursor) };
  return { next: to(next), previous: to(previous) };
}
