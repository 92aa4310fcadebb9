import { AGENTS } from '../agents.js';
import type { Random } from '../random.js';
import { dateFormat, type DateStyle, moneyFormat } from './formats.js';
import { NUMBERS } from './numbers.js';
import { makeRequester, type Requester } from './requesters.js';
import type { Language } from './scenario.js';
import { VALUES } from './values.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CURRENCIES = ['EUR', 'USD', 'GBP', 'CAD', 'AUD'] as const;
const CURRENCY_NAMES = ['euros', 'pounds', 'Canadian dollars', 'Swiss francs', 'yen'] as const;

/** Who writes, when, and in which language. */
export interface Setting {
  readonly requester: Requester;
  /** Milliseconds since 1970; what a text says about dates is meant from here. */
  readonly at: number;
  readonly language?: Language;
}

/** The values of one ticket's slots: each is made once, so that a text agrees with itself. */
export class Slots {
  readonly #made = new Map<string, string>();
  readonly #locale: string;
  readonly #currency: string;
  readonly #amount: number;
  readonly #seats: number;

  constructor(
    private readonly random: Random,
    private readonly setting: Setting,
  ) {
    this.#locale = setting.language ?? random.pick(['en-GB', 'en-US', 'en-IE']);
    this.#currency = setting.language === undefined ? random.pick(CURRENCIES) : 'EUR';
    this.#amount = random.int(24, 1_900) + random.pick([0, 0, 0.5, 0.6, 0.88, 0.95]);
    this.#seats = random.int(6, 240);
  }

  /**
   * The value of a slot. A digit at its end asks for another value of the same kind.
   * @throws Error when there is no such slot
   */
  value(name: string): string {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const kind = name.replace(/\d$/, '');
    const taken = [...this.#made].filter(([other]) => other.startsWith(kind)).map(([, value]) => value);
    let value = this.#make(kind, name !== kind);
    for (let tries = 0; taken.includes(value) && tries < 20; tries += 1)
      value = this.#make(kind, name !== kind);
    this.#made.set(name, value);
    return value;
  }

  #make(kind: string, another: boolean): string {
    const { random, setting } = this;
    const { requester, at } = setting;
    switch (kind) {
      case 'me':
        return requester.name;
      case 'first':
      case 'email':
      case 'domain':
      case 'company':
        return requester[kind];
      case 'colleague':
        return makeRequester(random).first;
      case 'agent':
        return random.pick(AGENTS).name.split(' ')[0]!;
      case 'app':
        return /^i(Phone|Pad)/.test(this.value('device'))
          ? `iOS app 5.14.${random.int(0, 3)}`
          : `Android app 5.13.${random.int(1, 6)}`;
      // The second of a pair is the smaller one: what it should be, or was before.
      case 'amount':
        return this.#money(another ? this.#amount * random.between(0.3, 0.85) : this.#amount);
      case 'seats':
        return String(another ? Math.ceil(this.#seats * random.between(0.4, 0.8)) : this.#seats);
      case 'currency':
        return random.pick(CURRENCY_NAMES);
      case 'invoice':
        return `INV-${new Date(at).getFullYear()}-${String(random.int(1_200, 9_899)).padStart(5, '0')}`;
      case 'date':
        return this.#date(at - random.int(1, 16) * DAY_MS, 'day');
      case 'month':
        return this.#date(at - random.int(30, 60) * DAY_MS, 'month');
      case 'nextmonth':
        return this.#date(at + 31 * DAY_MS, 'month');
      case 'weekday':
        return this.#date(workday(at, -random.int(1, 5)), 'weekday');
      case 'deadline':
        return this.#date(workday(at, random.int(1, 4)), 'weekday');
      case 'time':
        return this.#date(at - random.int(10, 150) * MINUTE_MS, 'time');
      default:
        return this.#listed(kind);
    }
  }

  #listed(kind: string): string {
    if (Object.hasOwn(VALUES, kind)) return this.random.pick<string>(VALUES[kind as keyof typeof VALUES]);
    const make = Object.hasOwn(NUMBERS, kind) ? NUMBERS[kind] : undefined;
    if (make === undefined) throw new Error(`There is no slot {${kind}}`);
    return make(this.random);
  }

  #money(amount: number): string {
    const whole = Number.isInteger(amount);
    return moneyFormat(this.setting.language ?? 'en-GB', this.#currency, whole ? 0 : 2).format(amount);
  }

  #date(at: number, style: DateStyle): string {
    return dateFormat(this.#locale, style).format(at);
  }
}

/** So many days later, or before; where that is a weekend, the workday beyond it. */
function workday(at: number, days: number): number {
  let day = at + days * DAY_MS;
  while ([0, 6].includes(new Date(day).getDay())) day += Math.sign(days) * DAY_MS;
  return day;
}
