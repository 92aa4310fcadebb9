import { Migration } from '@mikro-orm/migrations';

import { CONVERSATION_SQL } from './conversation.sql.js';
import { PEOPLE_SQL } from './people.sql.js';

/** People who sign in, what else opens the desk, comments, and the record of who changed what may be done. */
export class PeopleMigration extends Migration {
  override name = '2026-11-21-people';

  override up(): void {
    for (const sql of [PEOPLE_SQL, CONVERSATION_SQL]) this.addSql(sql);
  }
}
