import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import type { Stats } from '../../src/contract/stats.js';
import type { DatabaseConnection } from '../../src/database/connection.js';
import { machineMs } from '../metering/clock.js';
import { serverSeconds } from '../metering/cpu-meter.js';
import { Latencies } from '../metering/latencies.js';
import { CALLER } from '../server/caller.js';
import { Worker } from '../worker/worker.js';
import type { Cluster } from './cluster.js';
import type { Minute } from './minute.js';
import type { SoakOptions } from './options.js';
import type { ClientCounts, SoakClients } from './soak-clients.js';
import type { SoakWriter, WriterCounts } from './soak-writer.js';
import { readTruth, statsDrift, type Truth } from './truth.js';

const CLIENT_PROCESSES = 2;
const HEAP_EVERY_MS = 10_000;
const CHECK_EVERY_MS = 60_000;
/** From the last write until everybody must have it. */
const SETTLE_WITHIN_MS = 30_000;

export interface SoakPlan {
  readonly options: SoakOptions;
  readonly cluster: Cluster;
  readonly connection: DatabaseConnection;
  /** Process id of the database server. */
  readonly postmaster: number;
  readonly tickets: number;
  readonly signal: AbortSignal;
  readonly tell: (minute: Minute, faults: readonly string[]) => void;
}

/** Writes, restarts, samples and checks until the time is over; everything that it started is ended with it. */
export class Soak implements AsyncDisposable {
  readonly faults: string[] = [];
  readonly deeds = new Map<string, number>();
  /** Over the whole time. */
  readonly live = new Latencies();
  readonly caughtUp = new Latencies();
  repeats = 0;
  readonly #clients = Array.from({ length: CLIENT_PROCESSES }, () =>
    Worker.start<SoakClients>(new URL('./soak-clients.js', import.meta.url)),
  );
  readonly #writer = Worker.start<SoakWriter>(new URL('./soak-writer.js', import.meta.url));
  readonly #sql: pg.Client;
  #provedTo = 0;
  #events = 0;
  #heapMb = 0;
  #begun = 0;

  constructor(private readonly plan: SoakPlan) {
    this.#sql = new pg.Client(plan.connection);
  }

  /** @throws AbortError when it is interrupted */
  async run(): Promise<void> {
    const { options, cluster, connection, tickets } = this.plan;
    await this.#sql.connect();
    this.#provedTo = (await readTruth(this.#sql, 0)).last;
    const { urls } = cluster;
    await Promise.all(
      this.#clients.map((clients, index) =>
        clients.call('open', { urls, sockets: share(options.sockets, index) }),
      ),
    );
    const { rate, seed } = options;
    await this.#writer.call('begin', { connection, urls, rate, seed, tickets });
    await this.#writer.call('proceed', undefined);
    this.#begun = machineMs();
    await this.#follow(this.#begun + options.minutes * 60_000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#writer.stop(), ...this.#clients.map((clients) => clients.stop())]);
    await this.#sql.end().catch(() => undefined);
  }

  /** One thing at a time, each when it is due. */
  async #follow(end: number): Promise<void> {
    const { options, cluster, signal } = this.plan;
    const restartEveryMs = options.restartSeconds * 1_000;
    const due = {
      heap: this.#begun,
      restart: this.#begun + restartEveryMs,
      check: Math.min(end, this.#begun + CHECK_EVERY_MS),
    };
    for (;;) {
      const next = Math.min(due.heap, due.restart, due.check);
      await delay(Math.max(0, next - machineMs()), undefined, { signal });
      if (next === due.heap) {
        this.#heapMb = await cluster.sampleHeaps();
        due.heap = next + HEAP_EVERY_MS;
      } else if (next === due.restart) {
        await cluster.restartNext();
        due.restart = next + restartEveryMs;
      } else {
        await this.#check();
        if (next >= end) return;
        await this.#writer.call('proceed', undefined);
        due.check = Math.min(end, next + CHECK_EVERY_MS);
      }
    }
  }

  /** Lets the desk come to rest and compares everybody with SQL. */
  async #check(): Promise<void> {
    await this.#writer.call('pause', undefined);
    const truth = await readTruth(this.#sql, this.#provedTo);
    const waited = { id: truth.last, withinMs: SETTLE_WITHIN_MS };
    const late = await Promise.all(this.#clients.map((clients) => clients.call('until', waited)));
    const faults = late.flatMap((count) => (count > 0 ? [`${count} clients are not where the log is`] : []));
    for (const clients of this.#clients) faults.push(...(await clients.call('prove', truth)));
    faults.push(...(await this.#drift(truth)));
    const written = await this.#writer.call('counts', undefined);
    faults.push(...written.faults, ...(await this.#lost(written)));
    this.#provedTo = truth.last;
    this.#events += truth.log.length;
    const clients = await Promise.all(this.#clients.map((each) => each.call('counts', undefined)));
    const minute = this.#minute(written, clients);
    if (minute.resets > 0) faults.push(`${minute.resets} clients were told to begin anew`);
    this.faults.push(...faults);
    this.plan.tell({ ...minute, faults: faults.length }, faults);
  }

  /** What each process's figures are off by. */
  async #drift({ last, stats }: Truth): Promise<string[]> {
    const faults: string[] = [];
    for (const url of this.plan.cluster.urls) {
      const answer = await fetch(`${url}/api/tickets/stats`, { headers: CALLER });
      const told = (await answer.json()) as Stats;
      const drift =
        told.as_of.id === last ? statsDrift(told, stats) : `figures of ${told.as_of.id}, not of ${last}`;
      if (drift !== null) faults.push(`${url}: ${drift}`);
    }
    return faults;
  }

  /** What was acknowledged and is not in the log just once. */
  async #lost({ acknowledged }: WriterCounts): Promise<string[]> {
    const { rows } = await this.#sql.query<{ title: string; times: string }>(
      `select title, count(event.id) as times
       from unnest($1::text[]) title
       left join event on event.id > $2 and event.type = 'ticket.created' and event.ticket ->> 'title' = title
       group by title having count(event.id) <> 1`,
      [acknowledged, this.#provedTo],
    );
    return rows.map(({ title, times }) => `"${title}" was acknowledged, and stored ${times} times`);
  }

  #minute({ deeds, repeats }: WriterCounts, clients: readonly ClientCounts[]): Omit<Minute, 'faults'> {
    const { cluster, postmaster } = this.plan;
    for (const [deed, count] of deeds) this.deeds.set(deed, count);
    this.repeats = repeats;
    const [live, caughtUp] = [new Latencies(), new Latencies()];
    for (const counts of clients) {
      for (const merged of [live, this.live]) merged.merge(counts.live);
      for (const merged of [caughtUp, this.caughtUp]) merged.merge(counts.caughtUp);
    }
    const sum = (of: (counts: ClientCounts) => number) =>
      clients.reduce((total, counts) => total + of(counts), 0);
    return {
      minutes: (machineMs() - this.#begun) / 60_000,
      writes: [...deeds.values()].reduce((total, count) => total + count, 0),
      events: this.#events,
      deliveries: sum(({ deliveries }) => deliveries),
      restarts: cluster.restarts,
      losses: sum(({ losses }) => losses),
      resumes: sum(({ resumes }) => resumes),
      resets: sum(({ resets }) => resets),
      gaps: sum(({ gaps }) => gaps),
      live: live.percentiles(),
      caughtUp: caughtUp.percentiles(),
      heapMb: this.#heapMb,
      apiCpu: cluster.cpuSeconds,
      databaseCpu: serverSeconds(postmaster),
    };
  }
}

const share = (sockets: number, index: number) =>
  Math.floor((sockets * (index + 1)) / CLIENT_PROCESSES) - Math.floor((sockets * index) / CLIENT_PROCESSES);
