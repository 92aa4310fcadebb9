import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

import { type Environment, ENVIRONMENT } from '../config/environment.js';
import { Database } from '../database/database.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';

const EVERY_MS = 3_600_000;
/** Rows removed in one statement, so that no lock is held for long. */
const CHUNK = 1_000;

/** Removes records that are older than AUDIT_RETENTION_DAYS; without the setting they are kept. */
@Injectable()
export class AuditRetention implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #task = new RecurringTask('Removing old audit records', EVERY_MS, () => this.purge());
  #stopped = false;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly database: Database,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.AUDIT_RETENTION_DAYS !== undefined) this.#task.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await this.#task.stop();
  }

  /** @returns how many were removed */
  async purge(): Promise<number> {
    const days = this.environment.AUDIT_RETENTION_DAYS;
    let removed = 0;
    while (days !== undefined && !this.#stopped) {
      // Ids rise with time: the oldest are found at the beginning of the primary key.
      const rows = await this.database.query({
        text: `delete from audit where id in (
                 select id from (select id, at from audit order by id limit $2) oldest
                 where at < now() - $1::float8 * interval '1 day')
               returning true`,
        values: [days, CHUNK],
      });
      removed += rows.length;
      if (rows.length < CHUNK) break;
    }
    return removed;
  }
}
