import { Migration } from '@mikro-orm/migrations';

import { VIEWS_SQL } from './views.sql.js';

/** Choices of filters that people keep, for themselves or for everybody. */
export class ViewsMigration extends Migration {
  override name = '2026-11-21-views';

  override up(): void {
    this.addSql(VIEWS_SQL);
  }
}
