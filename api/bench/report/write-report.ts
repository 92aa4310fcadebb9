import type { WriteFigures } from '../writes/write-bench.js';
import { type Budget, short, verdict } from './budget.js';
import type { Report } from './http-report.js';
import { table } from './table.js';

const SHARE = 0.7;

export function writeReport(figures: readonly WriteFigures[]): Report {
  const budgets = figures.map(({ kind, ratio }): Budget => ({
    figure: `write throughput with the feed, of that without: ${kind}`,
    value: ratio.feed,
    limit: SHARE,
    bound: 'at least',
  }));
  const rows = figures.map(({ kind, perSecond, ratio }, index) => [
    kind,
    ...[perSecond.without, perSecond.trigger, perSecond.feed, ratio.trigger, ratio.feed].map(short),
    verdict(budgets[index]!),
  ]);
  const header = ['commits a second', 'without', 'trigger', 'and a reader', 'ratio', 'ratio', ''];
  return { text: table('Writes, plain SQL, 16 writers', header, rows), budgets };
}
