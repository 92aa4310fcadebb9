import { parseArgs } from 'node:util';

export const PARTS = ['http', 'fanout', 'memory', 'delivery', 'write'] as const;
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
  /** Numbers of sockets, smallest first. */
  readonly sockets: readonly number[];
  /** The first of a few ports on the loopback. */
  readonly port: number;
  /** Whether loaded databases stay, and those of an earlier run are used again. */
  readonly keeps: boolean;
  /** Whether the README is to show this run's figures. */
  readonly publishes: boolean;
}

export const USAGE = `npm run bench -- [options]
  --full               1M tickets and 5,000 sockets too (without: up to 100k tickets and 1,000 sockets)
  --sizes 10k,1M       numbers of tickets
  --rounds 5           interleaved rounds; figures are medians
  --seconds 2          seconds for each measurement
  --only http,fanout   parts: http, fanout, memory, delivery, write
  --routes search,get  routes whose names begin so
  --sockets 200,1000   numbers of sockets for the feed's measurements
  --port 4600          first of the ports used on the loopback
  --keep               leaves the loaded databases in .data/bench, for the next run with --keep
  --publish            puts the figures of the measured parts into the README, with its chart
  --chart              measures nothing: draws and writes those of the last --publish again`;

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
      sockets: { type: 'string' },
      port: { type: 'string', default: '4600' },
      keep: { type: 'boolean', default: false },
      publish: { type: 'boolean', default: false },
    },
  });
  const sizes = counts('sizes', values.sizes ?? (values.full ? '10k,100k,1M' : '10k,100k'));
  const sockets = counts('sockets', values.sockets ?? (values.full ? '200,1000,5000' : '200,1000'));
  const parts = values.only.split(',') as Part[];
  const unknown = parts.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new Error(`--only knows ${PARTS.join(', ')}, not ${unknown}`);
  return {
    sizes,
    rounds: toNumber('rounds', values.rounds),
    seconds: toNumber('seconds', values.seconds),
    parts: new Set(parts),
    routes: values.routes.split(',').filter((name) => name !== ''),
    sockets,
    port: toNumber('port', values.port),
    keeps: values.keep,
    publishes: values.publish,
  };
}

/** A list of counts, smallest first. */
function counts(name: string, list: string): number[] {
  const toCount = (text: string) => {
    const [, digits, unit] = /^(\d+)([kM]?)$/.exec(text) ?? [];
    if (digits === undefined) throw new Error(`--${name} takes counts like 10k or 1M, not ${text}`);
    return Number(digits) * (unit === 'M' ? 1_000_000 : unit === 'k' ? 1_000 : 1);
  };
  return list
    .split(',')
    .map(toCount)
    .sort((a, b) => a - b);
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
