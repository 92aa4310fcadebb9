import type { EntityManager } from '@mikro-orm/postgresql';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';

import type { SqlExecutor } from '../database/database.js';
import { withTimeout } from '../lifecycle/with-timeout.js';
import { BackgroundDatabase, isAway } from './background-database.js';
import { ModelError } from './classification.errors.js';
import type { Patience } from './classification.service.js';
import { QUEUE_PACE, type QueuePace } from './queue-pace.js';
import { ENQUEUE, FIELDS, LEAVE_OUT, makeSchema, prepareQueue, QUEUE, SCHEMA } from './queue-schema.js';

const classificationJob = z.object({
  ticketId: z.number().int().positive(),
  fields: z.array(z.enum(['category', 'priority'])).min(1),
});

/** A stored ticket whose `fields` nobody has set. */
export type ClassificationJob = z.infer<typeof classificationJob>;

/**
 * Classifies one ticket and stores the outcome. May run twice for the same job (when a process dies after
 * storing it), so it must change nothing that is decided already. Throwing means: again, later.
 */
export type ClassificationHandler = (job: ClassificationJob, patience: Patience) => Promise<void>;

const HOUR = 60 * 60;

/**
 * Tickets to be classified in the background, in PostgreSQL. A job is part of the transaction that stores
 * its ticket: it exists exactly if that commits, and outlives every process. Each job goes to one process
 * at a time.
 */
@Injectable()
export class ClassificationQueue implements OnModuleInit, BeforeApplicationShutdown {
  readonly #log = new Logger('ClassificationQueue');
  readonly #boss: PgBoss;
  readonly #stopping = new AbortController();
  #worker: string | null = null;
  #wake: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: BackgroundDatabase,
    @Inject(QUEUE_PACE) private readonly pace: QueuePace,
  ) {
    this.#boss = new PgBoss({
      db: database,
      schema: SCHEMA,
      createSchema: false,
      superviseIntervalSeconds: pace.superviseSeconds,
      monitorIntervalSeconds: pace.superviseSeconds,
      maintenanceIntervalSeconds: HOUR / 6,
      // Cron, workflows, index builds after upgrades and health checks of vacuum: not used, or hardly ever.
      schedule: false,
      flowIntervalSeconds: 24 * HOUR,
      bamIntervalSeconds: HOUR,
      queueCacheIntervalSeconds: HOUR,
      monitorVacuum: false,
      reindex: false,
    });
    this.#boss.on('error', (error) => {
      if (!isAway(error)) this.#log.error(`The queue: ${error.message}`);
    });
  }

  /** Makes pg-boss's schema if it is not there. @throws when the database is away or does not allow it */
  async onModuleInit(): Promise<void> {
    await makeSchema(this.database);
    await this.#boss.start();
    await prepareQueue(this.#boss, this.database, this.pace);
  }

  /**
   * Adds a job within the caller's transaction.
   * @param execute runs a statement with `$1` in that transaction
   */
  async enqueue(job: ClassificationJob, execute: SqlExecutor): Promise<void> {
    await execute(ENQUEUE, [JSON.stringify([{ data: job }])]);
  }

  /**
   * Takes fields out of a ticket's job within the caller's transaction, which holds the ticket's row. A job keeps its
   * last fields: without any it would be none.
   * @returns whether there was a job and no field is left for it to fill in
   */
  async leaveOut(ticketId: number, fields: readonly string[], execute: SqlExecutor): Promise<boolean> {
    const { rows } = await execute<Pick<ClassificationJob, 'fields'>>(LEAVE_OUT, [ticketId, fields]);
    return rows.length > 0 && rows.every((left) => left.fields.length === 0);
  }

  /**
   * The fields that are left of a ticket's job.
   * @param em is within a transaction that holds the ticket's row
   */
  async fields(ticketId: number, em: EntityManager): Promise<ClassificationJob['fields']> {
    const rows = await em.execute<Pick<ClassificationJob, 'fields'>[]>(FIELDS, [ticketId]);
    return rows.flatMap(({ fields }) => fields);
  }

  /** Says that a job was committed, so that this process need not wait for its next look. */
  wake(): void {
    this.#wake ??= setTimeout(() => {
      this.#wake = null;
      if (this.#worker !== null) this.#boss.notifyWorker(this.#worker);
    }, this.pace.gatherMs);
  }

  /** Begins to work on jobs, of all processes; called once, after the module has been initialised. */
  async process(handler: ClassificationHandler): Promise<void> {
    this.#worker = await this.#boss.work(
      QUEUE,
      {
        batchSize: this.pace.batch,
        burstWhenBatchFull: true,
        includeMetadata: true,
        perJobResults: true,
        pollingIntervalSeconds: this.pace.pollSeconds,
      },
      (jobs: JobWithMetadata[]) => Promise.all(jobs.map((job) => this.work(job, handler))),
    );
  }

  /** Lets jobs under way finish for a moment; the others are left to other processes or the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.#wake !== null) clearTimeout(this.#wake);
    const idle = this.#boss.offWork(QUEUE);
    await withTimeout(idle, this.pace.graceMs, undefined);
    this.#stopping.abort();
    await withTimeout(idle, this.pace.graceMs, undefined);
    await this.#boss.stop({ graceful: false });
    await this.database.close();
  }

  private async work(job: JobWithMetadata, handler: ClassificationHandler): Promise<JobResult> {
    const { id, retryCount, data } = job;
    const read = classificationJob.safeParse(data);
    if (!read.success) {
      this.#log.error(`Job ${id} is dropped: it does not name a ticket`);
      return { id, status: 'deadletter' };
    }
    try {
      const last = retryCount >= this.pace.patientAttempts;
      await handler(read.data, { last, signal: this.#stopping.signal });
      return { id, status: 'completed' };
    } catch (error) {
      const { name, message } = error as Error;
      if (!(error instanceof ModelError)) {
        this.#log.error(`Ticket ${read.data.ticketId} is not classified yet: ${name}: ${message}`);
      }
      return { id, status: 'failed', output: { error: name } };
    }
  }
}
