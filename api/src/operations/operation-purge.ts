import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

import { Database } from '../database/database.js';

/** Callers are promised 24 hours. */
const KEEP_HOURS = 48;
const EVERY_MS = 10 * 60_000;
/** Rows removed in one statement, so that no lock is held for long. */
const CHUNK = 1_000;

/** Removes stored answers that nobody may ask for any more. */
@Injectable()
export class OperationPurge implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(OperationPurge.name);
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#running = this.purge().catch((error: Error) =>
        this.#logger.warn(`Old stored answers were not removed: ${error.message}`),
      );
    }, EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#running;
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
