import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

import { Database } from '../database/database.js';
import { removeInBatches } from '../database/remove-in-batches.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';

/** Callers are promised 24 hours. */
const KEEP_HOURS = 48;
const EVERY_MS = 10 * 60_000;
const PURGE = `
  delete from operation where ctid in (
    select ctid from operation where created_at < now() - $1::int * interval '1 hour'
    limit $2 for update skip locked)
  returning true`;

/** Removes stored answers that nobody may ask for any more. */
@Injectable()
export class OperationPurge implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #task = new RecurringTask('Removing old stored answers', EVERY_MS, () => this.purge());

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.#task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.#task.stop();
  }

  /** @returns how many were removed */
  purge(): Promise<number> {
    return removeInBatches(async (limit) => {
      const rows = await this.database.query({ text: PURGE, values: [KEEP_HOURS, limit] });
      return rows.length;
    }, this.#task);
  }
}
