import { Migration } from '@mikro-orm/migrations';

/** How far below the resume window the events of deleted tickets have been removed: after a stop it goes on there. */
export class WindowMigration extends Migration {
  override name = '2026-11-21-window';

  override up(): void {
    this.addSql('alter table feed add column cleared_id bigint not null default 0');
  }
}
