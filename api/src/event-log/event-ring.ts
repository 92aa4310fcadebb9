import type { LoggedEvent } from './logged-event.js';

/**
 * The last events in memory, so that most resumes ask the database nothing. Never more than `capacity` of them are
 * held: each takes the place of the one that goes.
 */
export class EventRing {
  /** The event that came as the n-th since the reset is at `n % capacity`. */
  readonly #events: LoggedEvent[] = [];
  /** The first that is here, and the one that comes next. */
  #start = 0;
  #end = 0;
  #floor = 0;

  constructor(private readonly capacity: number) {}

  /** Starts anew, with `events`: all after `floor` that there are so far, in order. */
  reset(floor: number, events: readonly LoggedEvent[] = []): void {
    this.#events.length = 0;
    this.#start = 0;
    this.#end = 0;
    this.#floor = floor;
    this.push(events);
  }

  push(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      if (this.#end - this.#start === this.capacity) {
        this.#floor = this.#nth(this.#start).event.id;
        this.#start += 1;
      }
      this.#events[this.#end % this.capacity] = event;
      this.#end += 1;
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
    return Array.from({ length: Math.max(0, to - from) }, (_, index) => this.#nth(from + index));
  }

  /** The event at exactly `id`, if it is here. */
  at(id: number): LoggedEvent | undefined {
    const place = this.#firstAbove(id - 1);
    if (place === this.#end) return undefined;
    const found = this.#nth(place);
    return found.event.id === id ? found : undefined;
  }

  #nth(place: number): LoggedEvent {
    return this.#events[place % this.capacity]!;
  }

  #firstAbove(id: number): number {
    let low = this.#start;
    let high = this.#end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#nth(middle).event.id > id) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
