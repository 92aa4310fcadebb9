import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

import { Database } from '../database/database.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';

const EVERY_MS = 60 * 60_000;

/** Lets the search learn now and then which letters nearly every text has, so that it does not look them up. */
@Injectable()
export class SearchLearning implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #task: RecurringTask;

  constructor(database: Database) {
    this.#task = new RecurringTask('Learning which letters are common', EVERY_MS, () =>
      database.query({ text: 'select learn_ticket_text()' }),
    );
  }

  onApplicationBootstrap(): void {
    this.#task.start('now');
  }

  async onModuleDestroy(): Promise<void> {
    await this.#task.stop();
  }
}
