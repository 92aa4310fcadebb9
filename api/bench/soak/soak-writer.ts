import { setTimeout as delay } from 'node:timers/promises';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { Random } from '../../test/support/random.js';
import { machineMs } from '../metering/clock.js';
import { serve } from '../worker/serve.js';
import { RestDeeds } from './rest-deeds.js';
import { SqlDeeds } from './sql-deeds.js';
import { Tickets } from './tickets.js';

export interface SoakWriterJob {
  readonly connection: DatabaseConnection;
  readonly urls: readonly string[];
  /** Writes a second. */
  readonly rate: number;
  readonly seed: number;
  /** Tickets 1 to `tickets` are there. */
  readonly tickets: number;
}

export interface WriterCounts {
  /** Writes that were made, by what they were. */
  readonly deeds: ReadonlyMap<string, number>;
  /** Calls that were made again, with the same key, since nobody had answered. */
  readonly repeats: number;
  /** Titles that the api said it had stored, since they were last told. */
  readonly acknowledged: readonly string[];
  /** What should not have been answered, ever. */
  readonly faults: readonly string[];
}

const REST_SHARE = 0.6;
/** Writes on their way at the same time; beyond that the pace falls. */
const UNDER_WAY = 48;

let doing: { rest: RestDeeds; sql: SqlDeeds; random: Random; rate: number } | null = null;
let isPaused = true;
let isStopped = false;
const underWay = new Set<Promise<void>>();
const faults: string[] = [];

function begin({ connection, urls, rate, seed, tickets }: SoakWriterJob): void {
  const random = new Random(seed);
  const known = new Tickets(tickets, random);
  doing = {
    rest: new RestDeeds(urls, known, random),
    sql: new SqlDeeds(connection, known, random),
    random,
    rate,
  };
  void pace(doing);
}

/** Writes at a steady pace, whatever the answers take, but for pauses. */
async function pace({ rest, sql, random, rate }: NonNullable<typeof doing>): Promise<void> {
  for (let due = machineMs(); !isStopped; due = Math.max(due + 1_000 / rate, machineMs() - 1_000)) {
    const early = due - machineMs();
    if (early > 0) await delay(early);
    if (isPaused || underWay.size >= UNDER_WAY) continue;
    const write = random.chance(REST_SHARE) ? rest.one() : sql.one();
    const deed = write
      .catch((error: Error) => void faults.push(error.message))
      .finally(() => underWay.delete(deed));
    underWay.add(deed);
  }
}

function proceed(): void {
  isPaused = false;
}

/** Resolves when nothing is on its way any more. */
async function pause(): Promise<void> {
  isPaused = true;
  await Promise.all(underWay);
}

function counts(): WriterCounts {
  const { rest, sql } = doing!;
  return {
    deeds: new Map([...rest.done, ...sql.done]),
    repeats: rest.repeats,
    acknowledged: rest.acknowledged.splice(0),
    faults: faults.splice(0),
  };
}

async function stop(): Promise<void> {
  isStopped = true;
  await doing?.sql.end();
}

const served = { begin, proceed, pause, counts, stop };
export type SoakWriter = typeof served;
serve(served);
