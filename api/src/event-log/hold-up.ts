import type { EventLogReader } from './event-log-reader.js';

/** A writer that has taken its place in the order and does not end: later events wait for it. */
export class HoldUp {
  #since: number | null = null;
  /** When idle holders were last looked for, by performance.now(). */
  #sought = Number.NEGATIVE_INFINITY;

  /** @param idleMs for how long it may last, and its writer sit idle, before that one is ended */
  constructor(private readonly idleMs: number) {}

  /** Milliseconds for which it has lasted; 0 when there is none. */
  get ms(): number {
    return this.#since === null ? 0 : performance.now() - this.#since;
  }

  /** What a read has found. */
  note(heldUp: boolean): void {
    if (!heldUp) this.#since = null;
    else this.#since ??= performance.now();
  }

  /** Ends idle holders where it is time to. @returns how many were ended; none when the database refuses */
  async endIdleHolders(reader: Pick<EventLogReader, 'endIdleHolders'>): Promise<number> {
    // Not at every read: a prepared transaction cannot be ended, and may be there for long.
    const due = this.#sought + this.idleMs / 10;
    if (this.ms <= this.idleMs || performance.now() < due) return 0;
    this.#sought = performance.now();
    return reader.endIdleHolders(this.idleMs).catch(() => 0);
  }
}
