import type { Conflict } from '../conflicts.js';
import type { ModelServer } from './model-server.js';

interface Written {
  readonly epoch: string;
  /** The person was told that it did not come to be, or gave it up. */
  isClosed: boolean;
}

/**
 * What one person wrote, each with a text that nobody else writes, over all the pages they had: each must be
 * taken once, or its writer told that it was not.
 */
export class Ledger {
  readonly #server: ModelServer;
  readonly #written = new Map<string, Written>();

  constructor(server: ModelServer) {
    this.#server = server;
  }

  write(text: string): void {
    this.#written.set(text, { epoch: this.#server.epoch, isClosed: false });
  }

  close(text: string): void {
    const written = this.#written.get(text);
    if (written) written.isClosed = true;
  }

  /** At all times: nothing was taken twice, and nothing that its writer believes to have failed. */
  check(): void {
    for (const [text, { isClosed }] of this.#written) {
      const times = this.#server.timesTaken(text);
      if (times > 1) throw new Error(`${text} was taken ${times} times`);
      if (times === 1 && isClosed) throw new Error(`${text} was taken, and called failed`);
    }
  }

  /** At rest: what was not taken waits for its writer's decision, or its writer knows. */
  atRest({ conflicts, unsent }: { conflicts: readonly Conflict[]; unsent: readonly string[] }): void {
    this.check();
    const open = new Set([...unsent, ...conflicts.map(({ changes }) => changes.title)]);
    for (const [text, { epoch, isClosed }] of this.#written) {
      const taken = this.#server.timesTaken(text) === 1;
      if (taken && open.has(text)) throw new Error(`${text} was taken, and waits for a decision`);
      // A backup that came back has forgotten what it had taken.
      if (taken || isClosed || open.has(text) || epoch !== this.#server.epoch) continue;
      throw new Error(`${text} was neither taken nor reported`);
    }
  }
}
