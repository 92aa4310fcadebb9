import { sizeName } from '../options.js';
import type { HttpFigures, HttpSample } from '../http/http-bench.js';
import { type Budget, short, verdict } from './budget.js';
import { table } from './table.js';

/** Half of the floor's requests a second. */
const FLOOR_SHARE = 0.5;

/** What is promised of a course. */
export interface CourseBudget {
  readonly name: string;
  readonly budget: number;
  readonly growth: number;
}

export interface Report {
  readonly text: string;
  readonly budgets: readonly Budget[];
}

const HEADER = 'route|CPU s/1k|budget||api|db|req/s|floor|ratio||p50 ms|p95|p99|KB'.split('|');

const cpu = ({ serverCpu, databaseCpu }: HttpSample) => serverCpu + databaseCpu;

/** One size: CPU against the budgets, requests a second against the floor's. */
export function httpReport(
  size: number,
  courses: readonly CourseBudget[],
  figures: readonly HttpFigures[],
): Report {
  const budgets: Budget[] = [];
  const rows = courses.map(({ name, budget }) => {
    const api = find(figures, name, size, 'api').median;
    const floor = find(figures, name, size, 'floor').median;
    const ratio = api.perSecond / floor.perSecond;
    const used: Budget = {
      figure: `${name} at ${sizeName(size)}: CPU s per 1,000`,
      value: cpu(api),
      limit: budget,
      bound: 'at most',
    };
    const share: Budget = {
      figure: `${name} at ${sizeName(size)}: requests a second, of the floor's`,
      value: ratio,
      limit: FLOOR_SHARE,
      bound: 'at least',
    };
    budgets.push(used, share);
    return [
      name,
      ...[short(cpu(api)), short(budget), verdict(used), short(api.serverCpu), short(api.databaseCpu)],
      ...[short(api.perSecond), short(floor.perSecond), short(ratio), verdict(share)],
      ...[short(api.p50), short(api.p95), short(api.p99), short(api.bytes / 1024)],
    ];
  });
  return { text: table(`HTTP, ${sizeName(size)} tickets, 16 clients`, HEADER, rows), budgets };
}

/** CPU at the largest size against that at the smallest. */
export function growthReport(
  sizes: readonly number[],
  courses: readonly CourseBudget[],
  figures: readonly HttpFigures[],
): Report {
  const [smallest, largest] = [sizes[0]!, sizes.at(-1)!];
  const budgets: Budget[] = [];
  const rows = courses.map(({ name, growth }) => {
    const used = sizes.map((size) => cpu(find(figures, name, size, 'api').median));
    const budget: Budget = {
      figure: `${name}: CPU at ${sizeName(largest)}, of that at ${sizeName(smallest)}`,
      value: used.at(-1)! / used[0]!,
      limit: growth,
      bound: 'at most',
    };
    budgets.push(budget);
    return [name, ...used.map(short), short(budget.value), short(growth), verdict(budget)];
  });
  const header = ['route', ...sizes.map(sizeName), 'growth', 'limit', ''];
  return { text: table('Growth of CPU s per 1,000', header, rows), budgets };
}

function find(figures: readonly HttpFigures[], course: string, size: number, kind: string): HttpFigures {
  return figures.find((figure) => figure.course === course && figure.size === size && figure.kind === kind)!;
}
