import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

import { Database } from '../database/database.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';

const EVERY_MS = 3_600_000;
/** What has expired opens nothing any more, whether it is there or not. */
const TABLES = ['session', 'verification'] as const;

/** Removes sessions and one-time links that have expired. */
@Injectable()
export class CredentialPurge implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #task = new RecurringTask('Removing expired sessions and links', EVERY_MS, () => this.purge());

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.#task.start('soon');
  }

  async onModuleDestroy(): Promise<void> {
    await this.#task.stop();
  }

  async purge(): Promise<void> {
    for (const table of TABLES) {
      await this.database.execute(`delete from ${table} where expires_at < now()`);
    }
  }
}
