import { INCIDENTS } from '../content/scenarios/incidents.js';
import type { Scenario } from '../content/scenario.js';
import type { Random } from '../random.js';

/** The wait for the next ticket, at first; it grows with those that have come, so that a demo may run for weeks. */
const GAP_MS = [8_000, 15_000] as const;
const GAP_DOUBLES_AFTER = 150;
const FIRST_OUTAGE_MS = [45_000, 75_000] as const;
const OUTAGE_EVERY_MS = [4 * 60_000, 7 * 60_000] as const;

/** When new tickets come, and when many come at once because something is down. */
export class Arrivals {
  #next = 0;
  #outageAt: number;
  #outage: { readonly about: Scenario; left: number } | null = null;
  #count = 0;

  constructor(
    private readonly random: Random,
    now: number,
  ) {
    this.#outageAt = now + random.between(...FIRST_OUTAGE_MS);
  }

  /** Whether many are writing about the same at the moment. */
  get hurried(): boolean {
    return this.#outage !== null;
  }

  /** What a ticket that comes now is about; null: none comes. */
  due(now: number): Scenario | 'ordinary' | null {
    if (this.#outage === null && now >= this.#outageAt) {
      this.#outage = { about: this.random.pick(INCIDENTS), left: this.random.int(4, 7) };
    }
    if (this.#outage !== null) return this.#outage.about;
    return now >= this.#next ? 'ordinary' : null;
  }

  /** Notes that what was due has come. */
  arrived(now: number): void {
    this.#count += 1;
    const slower = 1 + (this.#count / GAP_DOUBLES_AFTER) ** 2;
    this.#next = now + this.random.between(...GAP_MS) * slower;
    if (this.#outage === null) return;
    this.#outage.left -= 1;
    if (this.#outage.left > 0) return;
    this.#outage = null;
    this.#outageAt = now + this.random.between(...OUTAGE_EVERY_MS) * slower;
  }
}
