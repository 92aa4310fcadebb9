import { Random } from '../../test/support/random.js';
import { Vocabulary } from './vocabulary.js';

/** A ticket as it is loaded; times in milliseconds since 1970. */
export interface MadeTicket {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly priority: string;
  readonly status: string;
  readonly assigneeId: string | null;
  readonly requester: { readonly name: string; readonly email: string } | null;
  readonly createdAt: number;
}

export const PEOPLE = 40;
export const personId = (number: number) => `agent-${number}`;

const SEED = 20_261_121;
const DAY_MS = 86_400_000;
const SPAN_MS = 730 * DAY_MS;
const RECENT_MS = 14 * DAY_MS;
/** Rare words, each in three tickets spread over the two years, at any size from 3,000 on. */
const RARE_WORDS = 1_000;
const TICKETS_WITH_RARE_WORD = 3 * RARE_WORDS;

const CATEGORIES = { technical: 0.42, billing: 0.3, account: 0.18, general: 0.1 };
const PRIORITIES = { medium: 0.42, low: 0.33, high: 0.2, critical: 0.05 };
const RECENT_STATUSES = { open: 0.5, in_progress: 0.25, resolved: 0.2, closed: 0.05 };
const OLD_STATUSES = { closed: 0.86, resolved: 0.1, in_progress: 0.025, open: 0.015 };

/**
 * Makes the tickets of one database, each from its id alone, so that every run and every loader has the same
 * ones: two years of them up to last midnight, the newest mostly open, the older mostly closed.
 */
export class TicketMaker {
  readonly #vocabulary = new Vocabulary(new Random(SEED));
  readonly #until = Math.floor(Date.now() / DAY_MS) * DAY_MS;

  constructor(private readonly size: number) {}

  /** @param id from 1 to the size */
  ticket(id: number): MadeTicket {
    const random = new Random(Math.imul(id, 0x9e3779b1) ^ SEED);
    const createdAt = this.#until - Math.floor(((this.size - id + random.next()) / this.size) * SPAN_MS);
    const isRecent = createdAt > this.#until - RECENT_MS;
    const status = weighted(isRecent ? RECENT_STATUSES : OLD_STATUSES, random);
    const isAssigned = random.chance(status === 'open' ? 0.35 : 0.92);
    return {
      id,
      title: this.#title(random),
      description: this.#description(random, id),
      category: weighted(CATEGORIES, random),
      priority: weighted(PRIORITIES, random),
      status,
      // The square: some people are given far more than others.
      assigneeId: isAssigned ? personId(Math.floor(random.next() ** 2 * PEOPLE) + 1) : null,
      requester: random.chance(0.85) ? this.#requester(random) : null,
      createdAt,
    };
  }

  /** A word that three tickets hold. @param number any whole number */
  static rareWord(number: number): string {
    return `inc-${String(number % RARE_WORDS).padStart(4, '0')}-zq`;
  }

  #title(random: Random): string {
    return capital(this.#words(random, random.int(3, 9))).slice(0, 200);
  }

  /** Log-normal: half have less than about 60 words, a few have many hundreds. */
  #description(random: Random, id: number): string {
    let left = Math.min(3_000, Math.max(6, Math.round(Math.exp(4.1 + 0.75 * gaussian(random)))));
    const sentences: string[] = [];
    while (left > 0) {
      const length = Math.min(left, random.int(5, 18));
      sentences.push(`${capital(this.#words(random, length))}.`);
      left -= length;
    }
    if (random.chance(0.3)) sentences.push(`Order #${random.int(100_000, 999_999)}.`);
    const step = Math.max(1, Math.floor(this.size / TICKETS_WITH_RARE_WORD));
    if (id % step === 0 && id <= step * TICKETS_WITH_RARE_WORD) {
      sentences.push(`See ${TicketMaker.rareWord(id / step)}.`);
    }
    return sentences.join(random.chance(0.2) ? '\n' : ' ').slice(0, 20_000);
  }

  #requester(random: Random): { name: string; email: string } {
    const [first, last] = [this.#vocabulary.draw(random), this.#vocabulary.draw(random)].map(capital);
    return {
      name: `${first} ${last}`,
      email: `${first}.${last}${random.int(1, 999)}@example.com`.toLowerCase(),
    };
  }

  #words(random: Random, count: number): string {
    return Array.from({ length: count }, () => this.#vocabulary.draw(random)).join(' ');
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function weighted(weights: Readonly<Record<string, number>>, random: Random): string {
  let left = random.next();
  for (const [value, weight] of Object.entries(weights)) {
    left -= weight;
    if (left < 0) return value;
  }
  return Object.keys(weights)[0]!;
}

/** Standard normal, by Box and Muller. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
