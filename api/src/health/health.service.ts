import { Inject, Injectable } from '@nestjs/common';

import { ClassificationService } from '../classification/classification.service.js';
import type { Ready } from '../contract/health.js';
import { Database } from '../database/database.js';
import { EventLog } from '../event-log/event-log.js';
import { Shutdown } from '../lifecycle/shutdown.js';
import { withTimeout } from '../lifecycle/with-timeout.js';
import { REDIS } from '../redis/redis.module.js';
import type { RedisConnection } from '../redis/redis-connection.js';

/** A database that takes longer is as good as down. */
const DATABASE_TIMEOUT_MS = 2_000;

type Checks = Ready['checks'];

/** What of the service is up. */
@Injectable()
export class HealthService {
  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
    private readonly classification: ClassificationService,
    private readonly shutdown: Shutdown,
    @Inject(REDIS) private readonly redis: RedisConnection | null,
  ) {}

  /** Whether requests can be served: without the model and without Redis they can. Never throws. */
  async ready(): Promise<Ready> {
    const [answers, classifier] = await Promise.all([
      this.#databaseAnswers(),
      this.classification.effectiveState(),
    ]);
    const checks: Checks = {
      database: answers ? 'up' : 'down',
      feed: this.log.isUp ? 'up' : 'down',
      classifier,
      redis: this.redis === null ? 'off' : this.redis.isUp ? 'up' : 'down',
    };
    const stopping = this.shutdown.hasBegun;
    return { status: stopping ? 'down' : statusOf(checks), stopping, checks };
  }

  #databaseAnswers(): Promise<boolean> {
    const answer = this.database.query({ name: 'health', text: 'select 1' }).then(
      () => true,
      () => false,
    );
    return withTimeout(answer, DATABASE_TIMEOUT_MS, false);
  }
}

function statusOf({ database, feed, classifier, redis }: Checks): Ready['status'] {
  if (database === 'down' || feed === 'down') return 'down';
  return classifier === 'down' || redis === 'down' ? 'degraded' : 'up';
}
