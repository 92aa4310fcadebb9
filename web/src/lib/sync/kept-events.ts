import type { FeedEvent } from '#contract/events';

import { advance, type Entry } from './entry.js';

/** A read that takes longer than this many events is answered in vain, and asked again. */
const MOST_EVENTS = 20_000;

/** A read under way: an answer may show the tickets as they were at any moment since it began. */
export interface Reading {
  /** The replica's generation when it began. */
  readonly generation: number;
  /** The id of the position when it began; undefined when there was none. */
  readonly since: number | undefined;
}

/**
 * The events back to the beginning of the oldest read under way, deletes included: what an answer may have
 * missed. Without a read under way nothing is kept. See SPEC.md, section K.
 */
export class KeptEvents {
  readonly #readings = new Set<Reading>();
  #events: FeedEvent[] = [];
  /** Nothing at or below it is kept: the first position there was, or the last event let go for want of room. */
  #start = 0;

  begin(generation: number, since: number | undefined): Reading {
    const reading = { generation, since };
    this.#readings.add(reading);
    return reading;
  }

  end(reading: Reading): void {
    this.#readings.delete(reading);
    if (this.#events.length === 0) return;
    const floor = this.floor;
    this.#events = this.#readings.size === 0 ? [] : this.#events.filter(({ id }) => id > floor);
  }

  append(events: readonly FeedEvent[]): void {
    if (this.#readings.size === 0) return;
    for (const event of events) this.#events.push(event);
    if (this.#events.length <= MOST_EVENTS) return;
    const dropped = this.#events.splice(0, this.#events.length - MOST_EVENTS);
    this.#start = dropped.at(-1)?.id ?? this.#start;
  }

  /** The position has jumped: what was kept leads up to another one. */
  restart(id: number): void {
    this.#events = [];
    this.#start = id;
  }

  /** No read is under way. */
  get isIdle(): boolean {
    return this.#readings.size === 0;
  }

  /** Every event with a higher id is kept; infinite while no read is under way. */
  get floor(): number {
    let floor = Number.POSITIVE_INFINITY;
    for (const { since } of this.#readings) floor = Math.min(floor, since ?? this.#start);
    return Math.max(floor, this.#start);
  }

  after(id: number): readonly FeedEvent[] {
    return this.#events.filter((event) => event.id > id);
  }

  /** Brings what was read at position `id` up to date; a ticket deleted since is left out. */
  catchUp(entries: Iterable<Entry>, id: number): Map<number, Entry> {
    const current = new Map<number, Entry>();
    for (const entry of entries) current.set(entry.row.id, entry);
    for (const event of this.after(id)) {
      if (event.ticket_id === null || !current.has(event.ticket_id)) continue;
      const next = advance(current.get(event.ticket_id), event);
      if (next === undefined) current.delete(event.ticket_id);
      else current.set(event.ticket_id, next);
    }
    return current;
  }
}
