import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 1_000;

/** The time, for everything that says "ago". Ticks once a second, and only while somebody looks. */
class Now {
  readonly #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, TICK_MS);
    return () => clearInterval(timer);
  });

  /** Milliseconds since 1970. */
  get ms(): number {
    this.#subscribe();
    return Date.now();
  }
}

export const now = new Now();
