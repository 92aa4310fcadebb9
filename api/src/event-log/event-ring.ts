import type { LoggedEvent } from './logged-event.js';

/** The last events in memory, so that most resumes ask the database nothing. */
export class EventRing {
  #events: LoggedEvent[] = [];
  #start = 0;
  #floor = 0;

  constructor(private readonly capacity: number) {}

  /** Starts anew, with `events`: all after `floor` that there are so far, in order. */
  reset(floor: number, events: readonly LoggedEvent[] = []): void {
    this.#events = [];
    this.#start = 0;
    this.#floor = floor;
    this.push(events);
  }

  push(events: readonly LoggedEvent[]): void {
    this.#events.push(...events);
    const surplus = this.#events.length - this.#start - this.capacity;
    if (surplus > 0) {
      this.#start += surplus;
      this.#floor = this.#events[this.#start - 1]!.event.id;
    }
    // Dropping in bulk keeps a push amortised O(1).
    if (this.#start > this.capacity) {
      this.#events = this.#events.slice(this.#start);
      this.#start = 0;
    }
  }

  /** Whether every event after `id` is still here. */
  covers(id: number): boolean {
    return id >= this.#floor;
  }

  /** Up to `limit` events with `after` < id <= `upTo`, in order. Only valid where `covers(after)`. */
  slice(after: number, upTo: number, limit: number): LoggedEvent[] {
    const from = this.#firstAbove(after);
    const to = Math.min(this.#firstAbove(upTo), from + limit);
    return this.#events.slice(from, to);
  }

  /** The event at exactly `id`, if it is here. */
  at(id: number): LoggedEvent | undefined {
    const found = this.#events[this.#firstAbove(id - 1)];
    return found?.event.id === id ? found : undefined;
  }

  #firstAbove(id: number): number {
    let low = this.#start;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#events[middle]!.event.id > id) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
