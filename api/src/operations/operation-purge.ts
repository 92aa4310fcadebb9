import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

import { Database } from '../database/database.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';

/** Callers are promised 24 hours. */
const KEEP_HOURS = 48;
const EVERY_MS = 10 * 60_000;
/** Rows removed in one statement, so that no lock is held for long. */
const CHUNK = 1_000;

/** Removes stored answers that nobody may ask for any more. */
@Injectable()
export class OperationPurge implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #task = new RecurringTask('Removing old stored answers', EVERY_MS, () => this.purge());
  #stopped = false;

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.#task.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await this.#task.stop();
  }

  /** @returns how many were removed */
  async purge(): Promise<number> {
    let removed = 0;
    for (;;) {
      const rows = await this.database.query({
        text: `delete from operation where ctid in (
                 select ctid from operation where created_at < now() - $1::int * interval '1 hour'
                 limit $2 for update skip locked)
               returning true`,
        values: [KEEP_HOURS, CHUNK],
      });
      removed += rows.length;
      if (rows.length < CHUNK || this.#stopped) return removed;
    }
  }
}
