import { onOrphaned } from './parent-watch.js';

/** After this long an end that hangs is cut off: more than what is drained, and what ends after it, may take. */
const END_WITHIN_MS = 15_000;

/**
 * How the process ends: on SIGINT, SIGTERM, or when npm that started it is gone, everything that was
 * opened is closed, last opened first, and the exit code is 0, if not said otherwise; on a fault, one line and exit code 1.
 */
export class Lifecycle {
  readonly #hooks: (() => Promise<unknown>)[] = [];
  #ending: Promise<void> | null = null;

  /** @param whenTold the exit code of an end by a signal */
  constructor(whenTold: 0 | 1 = 0) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => this.#end(whenTold));
    onOrphaned(() => this.#end(whenTold));
  }

  /** Registers what must be closed. When the end has begun already it is closed at once. */
  atEnd(close: () => Promise<unknown>): void {
    this.#hooks.push(close);
    if (this.#ending !== null) this.#ending = this.#ending.then(() => this.#closeAll());
  }

  /** All is done: ends with exit code 0. */
  finish(): void {
    this.#end(0);
  }

  /** Says what happened and ends with exit code 1. */
  fail(message: string): void {
    if (this.#ending !== null) return;
    console.error(message);
    this.#end(1);
  }

  #end(code: 0 | 1): void {
    if (this.#ending !== null) return;
    setTimeout(() => process.exit(1), END_WITHIN_MS).unref();
    this.#ending = this.#closeAll();
    void this.#exitWhenEnded(code);
  }

  async #exitWhenEnded(code: number): Promise<never> {
    let awaited: Promise<void> | null = null;
    while (awaited !== this.#ending) {
      awaited = this.#ending;
      await awaited;
    }
    process.exit(code);
  }

  async #closeAll(): Promise<void> {
    for (let close = this.#hooks.pop(); close !== undefined; close = this.#hooks.pop()) {
      try {
        await close();
      } catch (error) {
        console.error(`Could not close everything: ${(error as Error).message}`);
      }
    }
  }
}
