import type { FieldConflict } from '#contract/problem';

import type { OutboxEntry } from './outbox.js';

/** What became of something that nobody waits for any more: it was made before a reload. */
export type Report =
  /** The server refused it, and it was dropped. `failure` is a ProblemError but for faults of our own. */
  | { readonly kind: 'refused'; readonly entry: OutboxEntry; readonly failure: unknown }
  /** So many were too old to be sent without the risk of being carried out twice; they were dropped. */
  | { readonly kind: 'outdated'; readonly count: number }
  /** It was taken back, but for fields that others had touched since. */
  | {
      readonly kind: 'partly-undone';
      readonly entry: OutboxEntry;
      readonly touched: readonly FieldConflict[];
    };

/** Reports wait until somebody listens. */
export class Reports {
  #listener: ((report: Report) => void) | undefined;
  #waiting: Report[] = [];

  tell(report: Report): void {
    if (this.#listener) this.#listener(report);
    else this.#waiting.push(report);
  }

  /** One listener at a time; returns how to stop. */
  listen(listener: (report: Report) => void): () => void {
    this.#listener = listener;
    for (const report of this.#waiting.splice(0)) listener(report);
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }
}
