import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';

import { type Environment, ENVIRONMENT } from '../config/environment.js';
import { Database } from '../database/database.js';
import { oneAtATime } from '../database/one-at-a-time.js';
import { removeInBatches } from '../database/remove-in-batches.js';
import { RecurringTask } from '../lifecycle/recurring-task.js';
import { Metrics } from '../metrics/metrics.js';

const EVERY_MS = 3_600_000;
/** Ids rise with time: the oldest are found at the beginning of the primary key. */
const PURGE = `
  delete from audit where id in (
    select id from (select id, at from audit order by id limit $2) oldest
    where at < now() - $1::float8 * interval '1 day')
  returning true`;

/**
 * Removes records that are older than AUDIT_RETENTION_DAYS; without the setting they are kept. Of several processes
 * one is at it: whoever finds another within a batch leaves the rest to it.
 */
@Injectable()
export class AuditRetention implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(AuditRetention.name);
  readonly #task = new RecurringTask('Removing old audit records', EVERY_MS, () => this.purge());

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.AUDIT_RETENTION_DAYS !== undefined) this.#task.start('soon');
  }

  async onModuleDestroy(): Promise<void> {
    await this.#task.stop();
  }

  /** @returns how many were removed */
  async purge(): Promise<number> {
    const days = this.environment.AUDIT_RETENTION_DAYS;
    if (days === undefined) return 0;
    const total = await removeInBatches((limit) => this.#purgeOldest(days, limit), this.#task);
    if (total > 0) this.#logger.log(`Removed ${total} audit records older than ${days} days`);
    return total;
  }

  /** One batch; none of it when another process is at it. */
  async #purgeOldest(days: number, limit: number): Promise<number> {
    const rows = await oneAtATime(this.database, 'audit retention', ({ query }) =>
      query({ text: PURGE, values: [days, limit] }),
    );
    const removed = rows?.length ?? 0;
    this.metrics.removed.inc({ kind: 'audit' }, removed);
    return removed;
  }
}
