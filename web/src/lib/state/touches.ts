import type { Actor } from '#contract/actor';

import type { SyncClient } from '../sync/sync-client.js';

/** What came longer ago is not what has just changed on the screen. */
const FRESH_MS = 1_500;
const MOST = 300;

/** Who has just changed which field: in whose colour it glows. */
export class Touches {
  readonly #last = new Map<string, { readonly actor: Actor; readonly at: number }>();

  constructor(client: SyncClient) {
    client.onChange(({ events }) => {
      const at = performance.now();
      for (const { ticket_id: ticketId, changed, actor } of events.slice(-MOST)) {
        for (const field of changed) this.#put(`${ticketId} ${field}`, { actor, at });
      }
    });
  }

  /** Undefined: nobody just now, or the person of this page, whose change was shown before. */
  of(ticketId: number, field: string): Actor | undefined {
    const touch = this.#last.get(`${ticketId} ${field}`);
    return touch && performance.now() - touch.at < FRESH_MS ? touch.actor : undefined;
  }

  #put(key: string, touch: { actor: Actor; at: number }): void {
    this.#last.delete(key);
    this.#last.set(key, touch);
    if (this.#last.size > MOST) this.#last.delete(this.#last.keys().next().value ?? key);
  }
}
