import { createSubscriber } from 'svelte/reactivity';

import type { Readable } from '../sync/signal.js';

/** A value of the sync client as a rune: whoever reads `current` is run again when it changes. */
export class Live<Value> {
  readonly #source: Readable<Value>;
  readonly #subscribe: () => void;

  constructor(source: Readable<Value>) {
    this.#source = source;
    this.#subscribe = createSubscriber((update) => source.subscribe(update));
  }

  get current(): Value {
    this.#subscribe();
    return this.#source.value;
  }
}
