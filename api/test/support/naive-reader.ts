import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';

/** Follows the log the obvious way, `id > cursor`: what the watermark is measured against. */
export class NaiveReader implements AsyncDisposable {
  readonly #seen = new Set<number>();
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  private constructor(
    private readonly client: pg.Client,
    private readonly from: number,
  ) {}

  static async start(connection: DatabaseConnection, from: number): Promise<NaiveReader> {
    const client = new pg.Client({ ...connection });
    await client.connect();
    const reader = new NaiveReader(client, from);
    reader.#loop = reader.#run();
    return reader;
  }

  /** Reads up to `last`, then gives the ids that it never saw. */
  async stop(last: number): Promise<number[]> {
    this.#stopped = true;
    await this.#loop;
    const { rows } = await this.client.query<{ id: string }>(
      'select id from event where id > $1 and id <= $2',
      [this.from, last],
    );
    return rows.map(({ id }) => Number(id)).filter((id) => !this.#seen.has(id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    await this.#loop.catch(() => undefined);
    await this.client.end();
  }

  async #run(): Promise<void> {
    let cursor = this.from;
    while (!this.#stopped) {
      const { rows } = await this.client.query<{ id: string }>(
        'select id from event where id > $1 order by id limit 500',
        [cursor],
      );
      for (const row of rows) this.#seen.add(Number(row.id));
      cursor = Number(rows.at(-1)?.id ?? cursor);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}
