import { Migration } from '@mikro-orm/migrations';

import { SERIES_SQL } from './series.sql.js';

/** The history by hour and by day. It is filled from the log in the background. */
export class SeriesMigration extends Migration {
  override name = '2026-11-21-series';

  override up(): void {
    this.addSql(SERIES_SQL);
  }
}
