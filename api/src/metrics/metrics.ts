import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import { withTimeout } from '../lifecycle/with-timeout.js';

/** From a lookup in memory to a search that gives up. */
const REQUEST_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** From what an idle desk takes to what somebody notices. */
const LAG_SECONDS = [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** More than a database that is away takes to be found so; whoever collects the figures waits some seconds only. */
const READ_WITHIN_MS = 3_000;
const BATCH_EVENTS = [1, 2, 5, 10, 25, 50, 100, 250, 500];

/** What the process counts of itself. Labels are few and fixed: nothing that comes from outside becomes one. */
@Injectable()
export class Metrics {
  readonly #registry = new Registry();
  readonly requests = new Histogram({
    name: 'signalbox_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by the route’s name in the contract',
    labelNames: ['route', 'status'] as const,
    buckets: REQUEST_SECONDS,
    registers: [this.#registry],
  });
  readonly feedLag = new Histogram({
    name: 'signalbox_feed_lag_seconds',
    help: 'Time from the beginning of a commit, the wait for the disk within, to its envelope’s being sent; for the oldest event of each envelope',
    buckets: LAG_SECONDS,
    registers: [this.#registry],
  });
  readonly feedBatch = new Histogram({
    name: 'signalbox_feed_batch_events',
    help: 'Events of an envelope',
    buckets: BATCH_EVENTS,
    registers: [this.#registry],
  });
  readonly feedOpens = new Counter({
    name: 'signalbox_feed_opens_total',
    help: 'Feeds opened by clients: live, resumed from a cursor, or sent back to a fresh snapshot (reset)',
    labelNames: ['mode'] as const,
    registers: [this.#registry],
  });
  readonly slowSockets = new Counter({
    name: 'signalbox_slow_sockets_total',
    help: 'Sockets cut because their reader did not keep up',
    registers: [this.#registry],
  });
  readonly classifications = new Counter({
    name: 'signalbox_classifications_total',
    help: 'Classifications by result: model, off, or why the fallback was taken',
    labelNames: ['result'] as const,
    registers: [this.#registry],
  });
  readonly removed = new Counter({
    name: 'signalbox_removed_total',
    help: 'Rows that this process has removed because they were older than the settings keep them: event, audit',
    labelNames: ['kind'] as const,
    registers: [this.#registry],
  });
  readonly statsComparisons = new Counter({
    name: 'signalbox_stats_comparisons_total',
    help: 'Comparisons of the live figures with SQL: the same, or drifted, which should never be',
    labelNames: ['result'] as const,
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    for (const mode of ['live', 'resume', 'reset']) this.feedOpens.inc({ mode }, 0);
    for (const kind of ['event', 'audit']) this.removed.inc({ kind }, 0);
    for (const result of ['same', 'drifted']) this.statsComparisons.inc({ result }, 0);
  }

  /**
   * A figure that is looked up when somebody asks.
   * @param read the value, or one for each value of `label`; throws, takes long or is null: not known now, and left out
   */
  gauge(
    name: `signalbox_${string}`,
    help: string,
    read: () => GaugeReading | Promise<GaugeReading>,
    label?: string,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [this.#registry],
      async collect() {
        this.reset();
        // Without a label there is a 0 from now on.
        if (label === undefined) this.remove();
        const reading = await withTimeout(readOrNull(read), READ_WITHIN_MS, null);
        if (typeof reading === 'number') this.set(reading);
        else
          for (const [value, figure] of Object.entries(reading ?? {})) this.set({ [label!]: value }, figure);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All of it in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

type GaugeReading = number | Readonly<Record<string, number>> | null;

async function readOrNull(read: () => GaugeReading | Promise<GaugeReading>): Promise<GaugeReading> {
  try {
    return await read();
  } catch {
    return null;
  }
}
