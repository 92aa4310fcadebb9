import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import type { Api } from './desk.js';

/** What a storm does to the desk. */
export interface Writes {
  create(title: string): Promise<unknown>;
  change(id: number, priority: 'high' | 'low'): Promise<unknown>;
}

/** As scripts write. */
export const byRest = (api: Api): Writes => ({
  create: (title) => api.create({ title }),
  change: (id, priority) => api.patch(id, { priority }),
});

/** As somebody at psql writes: past the app. */
export const bySql = (client: pg.Client | pg.Pool): Writes => ({
  create: (title) =>
    client.query('insert into ticket (title, description) values ($1, $2)', [title, 'By SQL.']),
  change: (id, priority) => client.query('update ticket set priority = $2 where id = $1', [id, priority]),
});

/** Changes at a steady pace, of which every third is an arrival, until it is told to stop. */
export class Storm {
  readonly #writes: Writes;
  readonly #ids: readonly number[];
  readonly #perSecond: number;
  #isOver = false;
  #running: Promise<void> = Promise.resolve();
  /** How many have been asked for. */
  made = 0;

  /** @param ids the tickets that change, of those that are in sight */
  constructor(writes: Writes, ids: readonly number[], perSecond: number) {
    this.#writes = writes;
    this.#ids = ids;
    this.#perSecond = perSecond;
  }

  begin(): void {
    this.#running = this.#run(Number.POSITIVE_INFINITY);
  }

  /** So many changes and no more, however long they take; resolves when they are done. */
  gust(changes: number): Promise<void> {
    return this.#run(changes);
  }

  /** Resolves when all that was asked for is done. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  async #run(most: number): Promise<void> {
    const begun = performance.now();
    const asked: Promise<unknown>[] = [];
    while (!this.#isOver && asked.length < most) {
      asked.push(this.#write(this.made));
      this.made += 1;
      const early = begun + (asked.length * 1_000) / this.#perSecond - performance.now();
      if (early > 0) await delay(early);
    }
    await Promise.all(asked);
  }

  #write(place: number): Promise<unknown> {
    if (place % 3 === 0) return this.#writes.create(`Arrival ${place}`);
    return this.#writes.change(this.#ids[place % this.#ids.length]!, place % 2 === 0 ? 'high' : 'low');
  }
}
