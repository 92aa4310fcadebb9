import type { DeliveryFigures } from '../feed/delivery-bench.js';
import type { FanOutFigures, FanOutLine } from '../feed/fan-out-bench.js';
import type { MemoryFigures } from '../feed/memory-bench.js';
import { type Budget, short, verdict } from './budget.js';
import type { Report } from './http-report.js';
import { table } from './table.js';

const LATENCY_P99_MS = 100;
/** What is promised is promised up to here. */
const LATENCY_SOCKETS = 1_000;
const DELIVERY_SHARE = 0.9;
const IDLE_SOCKET_KB = 50;

const SOURCES = { rest: 'REST', sql: 'plain SQL', floor: 'bare broadcast' };
const HEADER = 'sockets|api|changes by|a second|frames/s|gaps|p50 ms|p95|p99|max|CPU|'.split('|');

/** Commit to received, one line for each number of sockets and way to change. */
export function fanOutReport(figures: readonly FanOutFigures[]): Report {
  const budgets: Budget[] = [];
  const rows = figures.flatMap(({ sockets, processes, lines }) =>
    lines.map((line) => {
      const cells = [
        ...[sockets.toLocaleString('en'), String(processes), SOURCES[line.source]],
        ...[short(line.perSecond), short(line.framesPerSecond), String(line.gaps)],
        ...latencyCells(line),
        short(line.cpu),
      ];
      if (line.source === 'floor' || sockets > LATENCY_SOCKETS) return [...cells, ''];
      const budget: Budget = {
        figure: `${sockets} sockets, ${processes} api: commit to received, p99 ms, changes by ${SOURCES[line.source]}`,
        value: line.latency.p99,
        limit: LATENCY_P99_MS,
        bound: 'at most',
      };
      budgets.push(budget);
      return [...cells, verdict(budget)];
    }),
  );
  return { text: table('Commit to received', HEADER, rows), budgets };
}

const latencyCells = ({ latency: { p50, p95, p99, max } }: FanOutLine) => [p50, p95, p99, max].map(short);

export function deliveryReport({ sockets, api, bare, ratio }: DeliveryFigures): Report {
  const share: Budget = {
    figure: 'deliveries a second, of a bare broadcast',
    value: ratio,
    limit: DELIVERY_SHARE,
    bound: 'at least',
  };
  const text =
    `\ndeliveries a second from a full log to ${sockets} sockets: ${short(api)}, ` +
    `bare broadcast of the same frames ${short(bare)}, ratio ${short(ratio)} ${verdict(share)}`;
  return { text, budgets: [share] };
}

export function memoryReport({ sockets, kb }: MemoryFigures): Report {
  const memory: Budget = { figure: 'KB per idle socket', value: kb, limit: IDLE_SOCKET_KB, bound: 'at most' };
  return {
    text: `\nmemory of each of ${sockets} idle sockets: ${short(kb)} KB ${verdict(memory)}`,
    budgets: [memory],
  };
}
