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
import { RecurringTask } from '../lifecycle/recurring-task.js';
import { Metrics } from '../metrics/metrics.js';

const EVERY_MS = 3_600_000;
/** Rows removed in one statement, so that no lock is held for long. */
const CHUNK = 1_000;
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
  #stopped = false;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.AUDIT_RETENTION_DAYS !== undefined) this.#task.start('soon');
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await this.#task.stop();
  }

  /** @returns how many were removed */
  async purge(): Promise<number> {
    const days = this.environment.AUDIT_RETENTION_DAYS;
    if (days === undefined) return 0;
    let total = 0;
    while (!this.#stopped) {
      const removed = await this.#purgeOldest(days);
      total += removed ?? 0;
      if (removed === null || removed < CHUNK) break;
    }
    if (total > 0) this.#logger.log(`Removed ${total} audit records older than ${days} days`);
    return total;
  }

  /** One batch; null when another process is at it. */
  async #purgeOldest(days: number): Promise<number | null> {
    const rows = await oneAtATime(this.database, 'audit retention', ({ query }) =>
      query({ text: PURGE, values: [days, CHUNK] }),
    );
    if (rows === null) return null;
    this.metrics.removed.inc({ kind: 'audit' }, rows.length);
    return rows.length;
  }
}
