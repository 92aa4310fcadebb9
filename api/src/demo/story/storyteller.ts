import { INCIDENTS } from '../content/scenarios/incidents.js';
import type { Scenario } from '../content/scenario.js';
import { type Draft, Writer } from '../content/writer.js';
import type { Random } from '../random.js';
import { Life } from './life.js';
import { afterWork, arrivals } from './office-hours.js';
import type { State, Story } from './story.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS = 90;
/** How long people write about an outage. */
const LASTS_MS = 50 * MINUTE_MS;
/** The newest tickets are so many minutes old, at whatever hour the demo starts. */
const FRESH_MINUTES = [0.4, 2.5, 6, 11, 19, 31, 47] as const;
/** Days ago on which something was down. */
const OUTAGES = [1.3, 16, 37, 61, 80] as const;

interface Arrival {
  readonly at: number;
  /** Absent: something ordinary. */
  readonly about?: Scenario;
}

/** Makes up tickets and what becomes of them. */
export class Storyteller {
  readonly #writer: Writer;
  readonly #life: Life;

  constructor(private readonly random: Random) {
    this.#writer = new Writer(random);
    this.#life = new Life(random);
  }

  /** The desk's last 90 days, oldest first: `count` tickets, what happened to them and what will. */
  history(count: number, now: number): Story[] {
    const outages = OUTAGES.flatMap((daysAgo, index) => this.#outage(now - daysAgo * DAY_MS, index, now));
    const fresh = FRESH_MINUTES.map((minutes): Arrival => ({ at: now - minutes * MINUTE_MS }));
    const ordinary = count - outages.length - fresh.length;
    const usual = arrivals(ordinary, DAYS, now, (index) => (index + this.random.next()) / ordinary);
    return [...outages, ...fresh, ...usual.map((at): Arrival => ({ at }))]
      .sort((a, b) => a.at - b.at)
      .map(({ at, about }) => this.tell(at, at, about));
  }

  /**
   * A ticket that arrives at `at`; its texts are of the moment `now`, both in milliseconds since 1970.
   * @param about absent: something ordinary
   */
  tell(at: number, now: number, about?: Scenario): Story {
    const draft = about === undefined ? this.#writer.ordinary(now) : this.#writer.about(about, now);
    return this.#life.of(draft, at);
  }

  /** What follows when a requester writes again after `at` although all seemed well. */
  again(draft: Draft, state: State, at: number): Pick<Story, 'steps' | 'remarks'> {
    return this.#life.again(draft, state, at);
  }

  /** Within an hour of a workday many write about the same. */
  #outage(at: number, index: number, now: number): Arrival[] {
    const about = INCIDENTS[index % INCIDENTS.length]!;
    const working = afterWork(at, this.random.between(20, 400) * MINUTE_MS);
    const begins = Math.min(working, now - 2 * LASTS_MS);
    return Array.from({ length: this.random.int(9, 15) }, () => ({
      at: begins + this.random.next() ** 2 * LASTS_MS,
      about,
    }));
  }
}
