import type { DeliveryFigures } from '../feed/delivery-bench.js';
import type { FeedLatency } from '../feed/latency-bench.js';
import { type Budget, short, verdict } from './budget.js';
import type { Report } from './http-report.js';
import { table } from './table.js';

const LATENCY_P99_MS = 100;
const DELIVERY_SHARE = 0.9;
const IDLE_SOCKET_KB = 50;

export interface FeedFigures {
  readonly sockets: number;
  readonly latency: readonly FeedLatency[];
  readonly delivery: DeliveryFigures;
  readonly idleSocketKb: number;
}

export function feedReport({ sockets, latency, delivery, idleSocketKb }: FeedFigures): Report {
  const budgets: Budget[] = latency.map(({ writer, latency: { p99 } }) => ({
    figure: `feed: commit to received, p99 ms, changes by ${writer}`,
    value: p99,
    limit: LATENCY_P99_MS,
    bound: 'at most',
  }));
  const rows = latency.map((figures, index) => [
    `by ${figures.writer}`,
    short(figures.perSecond),
    String(figures.deliveries),
    String(figures.gaps),
    ...[figures.latency.p50, figures.latency.p95, figures.latency.p99, figures.latency.max].map(short),
    verdict(budgets[index]!),
  ]);
  const share: Budget = {
    figure: 'feed: deliveries a second, of a bare broadcast',
    value: delivery.ratio,
    limit: DELIVERY_SHARE,
    bound: 'at least',
  };
  const memory: Budget = {
    figure: 'feed: KB per idle socket',
    value: idleSocketKb,
    limit: IDLE_SOCKET_KB,
    bound: 'at most',
  };
  budgets.push(share, memory);
  const header = ['changes', 'a second', 'deliveries', 'gaps', 'p50 ms', 'p95', 'p99', 'max', ''];
  const lines = [
    table(`Feed, ${sockets} sockets: commit to received`, header, rows),
    `deliveries a second from a full log: ${short(delivery.api)}, bare broadcast of the same frames ` +
      `${short(delivery.bare)}, ratio ${short(delivery.ratio)} ${verdict(share)}`,
    `memory per idle socket: ${short(idleSocketKb)} KB ${verdict(memory)}`,
  ];
  return { text: lines.join('\n'), budgets };
}
