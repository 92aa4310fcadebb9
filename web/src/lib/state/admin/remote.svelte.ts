import { poll } from './polling.js';

/** One answer of the server on the screen, read again as it grows old. */
export class Remote<Value> {
  readonly #read: (signal: AbortSignal) => Promise<Value>;
  #value = $state.raw<Value>();
  #readAt = $state<number>();
  #problem = $state.raw<unknown>();
  #isReading = false;
  #abort = new AbortController();

  /** Nothing is read before `follow` or `refresh`. */
  constructor(read: (signal: AbortSignal) => Promise<Value>) {
    this.#read = read;
  }

  /** The last answer; undefined before the first one. */
  get value(): Value | undefined {
    return this.#value;
  }

  /** When it came, milliseconds since 1970. */
  get readAt(): number | undefined {
    return this.#readAt;
  }

  /** Why the last read gave nothing; undefined when it did. */
  get problem(): unknown {
    return this.#problem;
  }

  get look(): 'loading' | 'ready' | 'failed' {
    if (this.#value !== undefined) return 'ready';
    return this.#problem === undefined ? 'loading' : 'failed';
  }

  /** Reads it now and then every `everyMs` while the page is looked at; returns how to stop. */
  follow(everyMs: number): () => void {
    void this.refresh();
    const stop = poll(() => !this.#isReading && void this.refresh(), everyMs);
    return () => {
      stop();
      this.#abort.abort();
    };
  }

  /** Never throws: a failure is in `problem`, and the value before stays. */
  async refresh(): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#isReading = true;
    try {
      const value = await this.#read(signal);
      if (!signal.aborted) this.put(value);
    } catch (problem) {
      if (!signal.aborted) this.#problem = problem;
    } finally {
      if (!signal.aborted) this.#isReading = false;
    }
  }

  /** Takes a newer value that came in another way. */
  put(value: Value): void {
    this.#value = value;
    this.#readAt = Date.now();
    this.#problem = undefined;
  }
}
