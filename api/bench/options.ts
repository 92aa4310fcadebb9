import { parseArgs } from 'node:util';

export const PARTS = ['http', 'feed', 'write'] as const;
export type Part = (typeof PARTS)[number];

/** What a run measures, and for how long. */
export interface BenchOptions {
  /** Numbers of tickets, smallest first. */
  readonly sizes: readonly number[];
  /** Interleaved rounds; each figure is their median. */
  readonly rounds: number;
  /** How long each measurement of a round takes. */
  readonly seconds: number;
  readonly parts: ReadonlySet<Part>;
  /** Routes to measure, by the start of their names; empty: all. */
  readonly routes: readonly string[];
  /** Sockets of the feed's measurements. */
  readonly sockets: number;
  /** The first of a few ports on the loopback. */
  readonly port: number;
}

export const USAGE = `npm run bench -- [options]
  --full               10k, 100k and 1M tickets (the default is 10k and 100k)
  --sizes 10k,1M       numbers of tickets
  --rounds 5           interleaved rounds; figures are medians
  --seconds 2          seconds for each measurement
  --only http,feed     parts: http, feed, write
  --routes search,get  routes whose names begin so
  --sockets 1000       sockets of the feed's measurements
  --port 4600          first of the ports used on the loopback`;

/** Reads the command line. @throws Error with one line to show when it cannot be understood */
export function readOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      full: { type: 'boolean', default: false },
      sizes: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      only: { type: 'string', default: PARTS.join() },
      routes: { type: 'string', default: '' },
      sockets: { type: 'string', default: '1000' },
      port: { type: 'string', default: '4600' },
    },
  });
  const sizes = (values.sizes ?? (values.full ? '10k,100k,1M' : '10k,100k')).split(',').map(toCount);
  const parts = values.only.split(',') as Part[];
  const unknown = parts.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new Error(`--only knows ${PARTS.join(', ')}, not ${unknown}`);
  return {
    sizes: sizes.sort((a, b) => a - b),
    rounds: toNumber('rounds', values.rounds),
    seconds: toNumber('seconds', values.seconds),
    parts: new Set(parts),
    routes: values.routes.split(',').filter((name) => name !== ''),
    sockets: toNumber('sockets', values.sockets),
    port: toNumber('port', values.port),
  };
}

function toCount(text: string): number {
  const [, digits, unit] = /^(\d+)([kM]?)$/.exec(text) ?? [];
  if (digits === undefined) throw new Error(`--sizes takes counts like 10k or 1M, not ${text}`);
  return Number(digits) * (unit === 'M' ? 1_000_000 : unit === 'k' ? 1_000 : 1);
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} takes a positive number, not ${text}`);
  return value;
}

/** 10000 → 10k, 1000000 → 1M. */
export function sizeName(size: number): string {
  if (size % 1_000_000 === 0) return `${size / 1_000_000}M`;
  return size % 1_000 === 0 ? `${size / 1_000}k` : String(size);
}
