import { Injectable } from '@nestjs/common';

import type { HistoryQuery, TicketHistory } from '../contract/queries.js';
import { Database } from '../database/database.js';
import { EVENT_COLUMNS, type EventRecord, toLoggedEvent } from '../event-log/logged-event.js';
import { IdPage } from '../paging/id-page.js';
import { pageLinks } from '../paging/page-links.js';
import { absentTicket } from './ticket-read.js';

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
    const page = new IdPage(query, 'desc');
    const { text, values } = page.clause([id]);
    const [[ticket], records] = await Promise.all([
      this.database.query<{ count: number }>({
        name: 'ticket-history-count',
        text: `select (select count(*)::int from event where ticket_id = $1) as count from ticket where id = $1`,
        values: [id],
      }),
      this.database.query<EventRecord>({
        name: `ticket-history ${page.kind}`,
        text: `select ${EVENT_COLUMNS} from event where ticket_id = $1 ${text}`,
        values,
      }),
    ]);
    if (ticket === undefined) throw await absentTicket(id, this.database);
    const { rows: results, neighbours } = page.of(records.map((record) => toLoggedEvent(record).event));
    const { next, previous, header } = pageLinks(url, neighbours);
    return { history: { count: ticket.count, next, previous, results }, link: header };
  }
}
