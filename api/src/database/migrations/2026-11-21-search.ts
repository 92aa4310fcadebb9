import { Migration } from '@mikro-orm/migrations';

import { FIND_TICKETS_SQL } from './find-tickets.sql.js';

/** A search that costs no more where tickets lie unevenly in time: after a quiet night, in a burst. */
export class SearchMigration extends Migration {
  override name = '2026-11-21-search';

  override up(): void {
    this.addSql(FIND_TICKETS_SQL);
  }
}
