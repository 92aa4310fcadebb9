import type { FeedEvent } from '#contract/events';

/** What one envelope, answer or act changed of what is shown; told once, after all of it is in. */
export interface Change {
  /** The tickets whose view may be another one, or none, now. */
  readonly ids: ReadonlySet<number>;
  /** The events that did it, in order, with who did what; empty when it was an answer or an act. */
  readonly events: readonly FeedEvent[];
  /** The replica started anew: whatever is not in `ids` is unknown now. */
  readonly moored: boolean;
}

export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  tell(change: Change): void {
    if (change.ids.size === 0 && change.events.length === 0 && !change.moored) return;
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** Returns how to stop. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
