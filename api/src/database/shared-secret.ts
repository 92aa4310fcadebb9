import { randomBytes } from 'node:crypto';

import type { SqlExecutor } from './database.js';

const KEY_BYTES = 32;

/** A random key that all processes share, now and after a restart: the first that needs it stores it. */
export class SharedSecret {
  #key: Promise<Buffer> | null = null;

  /** @param name of the row in the table `secret` */
  constructor(
    private readonly execute: SqlExecutor,
    private readonly name: string,
  ) {}

  /** @throws pg's DatabaseError or a connection error; the next call tries again */
  key(): Promise<Buffer> {
    this.#key ??= this.load().catch((error: unknown) => {
      this.#key = null;
      throw error;
    });
    return this.#key;
  }

  private async load(): Promise<Buffer> {
    await this.execute('insert into secret (name, value) values ($1, $2) on conflict do nothing', [
      this.name,
      randomBytes(KEY_BYTES),
    ]);
    // Read back: of several that start at once, one has won.
    const { rows } = await this.execute<{ value: Buffer }>('select value from secret where name = $1', [
      this.name,
    ]);
    const key = rows[0]?.value;
    if (key === undefined) throw new Error(`The secret ${this.name} was removed while it was being read`);
    return key;
  }
}
