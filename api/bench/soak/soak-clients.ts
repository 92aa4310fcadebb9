import { setTimeout as delay } from 'node:timers/promises';

import type { TicketRow } from '../../src/contract/ticket.js';
import { machineMs } from '../metering/clock.js';
import { Latencies } from '../metering/latencies.js';
import { CALLER } from '../server/caller.js';
import { serve } from '../worker/serve.js';
import { type Beginning, Replica } from './replica.js';
import { rowDigest } from './row-digest.js';
import { statsDrift, type Truth } from './truth.js';

export interface SoakClientsJob {
  readonly urls: readonly string[];
  readonly sockets: number;
}

/** Sums over this process's clients since it began; latencies, encoded, since they were last told. */
export interface ClientCounts {
  readonly open: number;
  readonly losses: number;
  readonly resumes: number;
  readonly resets: number;
  readonly gaps: number;
  readonly deliveries: number;
  readonly live: string;
  readonly caughtUp: string;
}

const POLL_MS = 10;
/** Of one check: enough to see what is wrong. */
const FAULTS_TOLD = 5;

let replicas: Replica[] = [];
let deliveries = 0;
let live = new Latencies();
let caughtUp = new Latencies();

/** Reads all tickets, which nobody changes meanwhile, and lets every client begin there. Resolves when all are open. */
async function open({ urls, sockets }: SoakClientsJob): Promise<void> {
  const beginning = await readAll(urls[0]!);
  const listener = {
    chooseUrl: () => urls[Math.floor(Math.random() * urls.length)]!,
    received: (late: number, isCaughtUp: boolean) => {
      deliveries += 1;
      (isCaughtUp ? caughtUp : live).add(late);
    },
  };
  replicas = Array.from({ length: sockets }, () => new Replica(beginning, listener));
  for (const replica of replicas) replica.connect();
  while (!replicas.every(({ isOpen }) => isOpen)) await delay(POLL_MS);
}

async function readAll(url: string): Promise<Beginning> {
  const rows: TicketRow[] = [];
  let cursor: Beginning['cursor'] | null = null;
  for (let next: string | null = '/api/tickets?page_size=100'; next !== null;) {
    const answer: Response = await fetch(new URL(next, url), { headers: CALLER });
    if (!answer.ok) throw new Error(`${next} answered ${answer.status}: ${await answer.text()}`);
    const page = (await answer.json()) as { results: TicketRow[]; next: string | null; as_of: typeof cursor };
    rows.push(...page.results);
    cursor = page.as_of;
    next = page.next;
  }
  return { cursor: cursor!, rows };
}

/** Waits until every client is at `id`, at most so long. @returns how many are not */
async function until({ id, withinMs }: { id: number; withinMs: number }): Promise<number> {
  const deadline = machineMs() + withinMs;
  const late = () => replicas.filter((replica) => !replica.isAt(id)).length;
  while (late() > 0 && machineMs() < deadline) await delay(POLL_MS);
  return late();
}

/** Compares every client with what SQL says of a quiet desk. @returns what is wrong */
function prove(truth: Truth): string[] {
  const faults: string[] = [];
  for (const [index, replica] of replicas.entries()) {
    const found = [...logFaults(replica, truth), ...rowFaults(replica, truth)];
    const drift = replica.stats === null ? 'no figures' : statsDrift(replica.stats, truth.stats);
    if (drift !== null) found.push(drift);
    faults.push(...found.slice(0, FAULTS_TOLD).map((fault) => `client ${index}: ${fault}`));
    replica.log = [];
  }
  return faults;
}

function logFaults({ log }: Replica, { log: expected }: Truth): string[] {
  const at = expected.findIndex((id, index) => log[index] !== id);
  if (at !== -1) return [`its log has ${log[at] ?? 'ended'} where event ${expected[at]} belongs`];
  return log.length > expected.length ? [`its log has ${log[expected.length]}, which no table has`] : [];
}

function rowFaults({ rows }: Replica, { rows: expected }: Truth): string[] {
  const faults: string[] = [];
  for (const [id, row] of expected) {
    const held = rows.get(id);
    if (held === undefined) faults.push(`ticket ${id} is missing`);
    else if (rowDigest(held) !== row) faults.push(`ticket ${id} is ${rowDigest(held)} instead of ${row}`);
  }
  for (const id of rows.keys()) if (!expected.has(id)) faults.push(`ticket ${id} should be gone`);
  return faults;
}

function counts(): ClientCounts {
  const sum = (of: (replica: Replica) => number) =>
    replicas.reduce((total, replica) => total + of(replica), 0);
  const told = {
    open: replicas.filter(({ isOpen }) => isOpen).length,
    losses: sum(({ losses }) => losses),
    resumes: sum(({ resumes }) => resumes),
    resets: sum(({ resets }) => resets),
    gaps: sum(({ gaps }) => gaps),
    deliveries,
    live: live.encode(),
    caughtUp: caughtUp.encode(),
  };
  live = new Latencies();
  caughtUp = new Latencies();
  return told;
}

function close(): void {
  for (const replica of replicas) replica.close();
}

const served = { open, until, prove, counts, close };
export type SoakClients = typeof served;
serve(served);
