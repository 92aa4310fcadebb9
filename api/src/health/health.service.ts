import { Injectable } from '@nestjs/common';

import { ClassificationService } from '../classification/classification.service.js';
import type { Ready } from '../contract/health.js';
import { Database } from '../database/database.js';
import { EventLog } from '../event-log/event-log.js';

/** A database that takes longer is as good as down. */
const DATABASE_TIMEOUT_MS = 2_000;

/** What of the service is up. */
@Injectable()
export class HealthService {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    private readonly classification: ClassificationService,
  ) {}

  /** Whether requests can be served: without the model they can. Never throws. */
  async ready(): Promise<Ready> {
    const [answers, classifier] = await Promise.all([
      this.#databaseAnswers(),
      this.classification.effectiveState(),
    ]);
    const database = answers ? 'up' : 'down';
    const feed = this.log.isUp ? 'up' : 'down';
    const status = database === 'up' && feed === 'up' ? 'up' : 'down';
    return { status, checks: { database, feed, classifier } };
  }

  async #databaseAnswers(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), DATABASE_TIMEOUT_MS);
    });
    const answer = this.database.query({ name: 'health', text: 'select 1' }).then(
      () => true,
      () => false,
    );
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }
}
