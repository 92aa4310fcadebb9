import type { Cursor } from '#contract/cursor';
import type { FeedEnvelope } from '#contract/socket';

import { advance, newer, type Entry } from './entry.js';

/** What the client's rule says of an envelope. */
export type Verdict = 'apply' | 'drop' | 'gap';

/**
 * The confirmed tickets of this client, at a position of the log. It knows nothing of sockets, requests and
 * optimistic changes. See SPEC.md, sections C and R.
 */
export class Replica {
  readonly #entries = new Map<number, Entry>();
  #cursor: Cursor | undefined;
  #epoch: string | undefined;
  #generation = 0;

  /** The position up to which every event is in; undefined while there is none (see `castOff`). */
  get cursor(): Cursor | undefined {
    return this.#cursor;
  }

  /** The history of the last position, kept while there is none. */
  get epoch(): string | undefined {
    return this.#epoch;
  }

  /** Rises whenever the position is lost: what was asked for in an earlier generation proves nothing. */
  get generation(): number {
    return this.#generation;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: number): Entry | undefined {
    return this.#entries.get(id);
  }

  ids(): IterableIterator<number> {
    return this.#entries.keys();
  }

  judge({ epoch, prev, to }: FeedEnvelope): Verdict {
    const cursor = this.#cursor;
    if (cursor === undefined || epoch !== cursor.epoch) return 'gap';
    if (to <= cursor.id) return 'drop';
    return prev === cursor.id ? 'apply' : 'gap';
  }

  /** Takes in an envelope that was judged `apply`. Returns the tickets that changed. */
  apply({ epoch, to, mark, events }: FeedEnvelope): ReadonlySet<number> {
    const changed = new Set<number>();
    for (const event of events) {
      if (event.ticket_id === null) continue;
      const known = this.#entries.get(event.ticket_id);
      if (this.#put(event.ticket_id, known, advance(known, event))) changed.add(event.ticket_id);
    }
    this.#cursor = { epoch, id: to, mark };
    return changed;
  }

  /** Takes in what was read, each where it is newer. Returns the tickets that changed. */
  merge(entries: Iterable<Entry>): ReadonlySet<number> {
    const changed = new Set<number>();
    for (const entry of entries) {
      const known = this.#entries.get(entry.row.id);
      if (this.#put(entry.row.id, known, newer(known, entry))) changed.add(entry.row.id);
    }
    return changed;
  }

  /** Starts anew at a position with what was read there: all else is forgotten. Returns all concerned. */
  moor(cursor: Cursor, entries: Iterable<Entry>): ReadonlySet<number> {
    const changed = new Set(this.#entries.keys());
    this.#entries.clear();
    for (const entry of entries) {
      this.#entries.set(entry.row.id, entry);
      changed.add(entry.row.id);
    }
    this.#cursor = cursor;
    this.#epoch = cursor.epoch;
    return changed;
  }

  /** Loses the position; the tickets stay to be looked at until `moor` replaces them. */
  castOff(): void {
    this.#cursor = undefined;
    this.#generation += 1;
  }

  /**
   * Forgets the tickets that have not changed for longest until at most `most` are left, but none of which
   * `held` says that it is in use. What is forgotten is unknown, not deleted.
   */
  trim(most: number, held: (id: number) => boolean): void {
    let excess = this.#entries.size - most;
    for (const id of this.#entries.keys()) {
      if (excess <= 0) return;
      if (held(id)) continue;
      this.#entries.delete(id);
      excess -= 1;
    }
  }

  #put(id: number, known: Entry | undefined, next: Entry | undefined): boolean {
    if (next === known) return false;
    this.#entries.delete(id);
    if (next !== undefined) this.#entries.set(id, next);
    return true;
  }
}
