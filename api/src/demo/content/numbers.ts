import type { Random } from '../random.js';

const digits = (random: Random, count: number) =>
  Array.from({ length: count }, () => random.int(0, 9)).join('');
const hex = (random: Random, count: number) =>
  Array.from({ length: count }, () => random.int(0, 15).toString(16)).join('');

/** Slots that are numbers and references, drawn anew for each ticket. */
export const NUMBERS: Readonly<Record<string, (random: Random) => string>> = {
  few: (random) => random.pick(['two', 'three', 'four', 'five']),
  count: (random) => String(random.int(3, 40)),
  many: (random) =>
    (random.chance(0.6) ? random.int(12, 98) * 10 : random.int(11, 480) * 100).toLocaleString('en-US'),
  questions: (random) => String(random.int(62, 310)),
  percent: (random) => String(random.int(31, 99)),
  discount: (random) => String(random.int(2, 6) * 5),
  seconds: (random) => String(random.int(8, 50)),
  minutes: (random) => String(random.int(3, 28)),
  hours: (random) => String(random.int(2, 9)),
  days: (random) => String(random.int(3, 12)),
  size: (random) => String(random.int(12, 240)),
  card: (random) => digits(random, 4),
  order: (random) => `#${random.int(40_000, 98_000)}`,
  po: (random) => `PO-${digits(random, 6)}`,
  vat: (random) => `${random.pick(['DE', 'PT', 'IT', 'NL', 'PL'])}${digits(random, 9)}`,
  ref: (random) => `${random.pick(['TR', 'PX', 'EX', 'DL'])}-${digits(random, 7)}`,
  request: (random) => `req_${hex(random, 12)}`,
  // TEST-NET-3, RFC 5737: nobody's.
  ip: (random) => `203.0.113.${random.int(2, 250)}`,
};
