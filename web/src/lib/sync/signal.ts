/** A value that says when it changed. Fits Svelte's `createSubscriber` and React's external stores. */
export interface Readable<Value> {
  readonly value: Value;
  /** Calls `listener` after each change, not at once; returns how to stop. */
  subscribe(listener: () => void): () => void;
}

export class Signal<Value> implements Readable<Value> {
  readonly #listeners = new Set<() => void>();
  #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  get value(): Value {
    return this.#value;
  }

  /** Setting the same value again tells nobody. */
  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
