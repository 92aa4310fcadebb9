import { Migration } from '@mikro-orm/migrations';

import { FEED_SQL } from './feed.sql.js';
import { SUPPORT_SQL } from './support.sql.js';
import { TICKET_INDEX_SQL, TICKET_SEARCH_SQL } from './ticket-search.sql.js';
import { TICKET_SQL } from './ticket.sql.js';

/** Tickets, the log of their changes, and what repeatable writes need. */
export class CoreMigration extends Migration {
  override name = '2026-11-21-core';

  override up(): void {
    for (const sql of [FEED_SQL, TICKET_SQL, TICKET_INDEX_SQL, TICKET_SEARCH_SQL, SUPPORT_SQL])
      this.addSql(sql);
  }
}
