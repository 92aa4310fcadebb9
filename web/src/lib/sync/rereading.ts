import type { Reader } from './reader.js';

export interface RereadingParts<Answer> {
  readonly reader: Reader;
  fetch(signal: AbortSignal): Promise<Answer>;
  /** A read begins: what comes from now on may not be in its answer. */
  begins(): void;
  answered(answer: Answer): void;
  /** It passes: the read is being repeated. */
  retrying(failure: unknown): void;
  failed(failure: unknown): void;
}

/**
 * Reads something that is no ticket, as often as it may have changed: one read at a time, and once more
 * when that was asked for meanwhile. SPEC.md, K7 and K9.
 */
export class Rereading<Answer> {
  readonly #parts: RereadingParts<Answer>;
  readonly #abort = new AbortController();
  #isReading = false;
  #again = false;

  constructor(parts: RereadingParts<Answer>) {
    this.#parts = parts;
  }

  async read(): Promise<void> {
    this.#again = this.#isReading;
    if (this.#isReading || this.#abort.signal.aborted) return;
    this.#isReading = true;
    const { reader, fetch, begins, answered, retrying, failed } = this.#parts;
    const { signal } = this.#abort;
    begins();
    const source = {
      fetch: () => {
        // Tried anew, it answers all that was asked until now.
        this.#again = false;
        return fetch(signal);
      },
      snapshot: () => ({ asOf: null, tickets: [] }),
      givesPosition: false,
    };
    try {
      answered(await reader.read(source, { signal, onRetry: retrying }));
    } catch (failure) {
      if (!signal.aborted) failed(failure);
    } finally {
      this.#isReading = false;
      if (this.#again) void this.read();
    }
  }

  close(): void {
    this.#again = false;
    this.#abort.abort();
  }
}
