import type { Series, SeriesCurve, SeriesPoint } from '#contract/series';
import { CATEGORIES, PRIORITIES } from '#contract/values';

const HOUR_MS = 3_600_000;
const PEOPLE = ['Ada Lovelace', 'Grace Hopper', 'Edsger Dijkstra', 'Barbara Liskov', 'Alan Kay', null];

/** What the desk would answer to a query of the page of figures, for any range: made up, but consistent. */
export function seriesFor(address: string, now: number): Series {
  const query = new URL(address).searchParams;
  const interval = query.get('interval') === 'hour' ? 'hour' : 'day';
  const step = interval === 'hour' ? HOUR_MS : 24 * HOUR_MS;
  const to = query.get('to') ? Date.parse(query.get('to')!) : (Math.floor(now / step) + 1) * step;
  const from = Date.parse(query.get('from')!);
  const range = { from, to, step };
  const group = query.get('group_by');
  const keys: readonly (readonly [string | null, string | null])[] =
    group === 'category'
      ? CATEGORIES.map((key) => [key, null] as const)
      : group === 'priority'
        ? PRIORITIES.map((key) => [key, null] as const)
        : group === 'assignee'
          ? PEOPLE.map((name, at) => [name === null ? null : `p${at}`, name] as const)
          : [[null, null]];
  return {
    interval,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    curves: keys.map(([key, name], place) => curveOf(key, name, place, keys.length, range)),
    as_of: { epoch: '00000000-0000-4000-8000-000000000000', id: 1, mark: 'm' },
  };
}

function curveOf(
  key: string | null,
  name: string | null,
  place: number,
  of: number,
  { from, to, step }: { from: number; to: number; step: number },
): SeriesCurve {
  const size = (step / HOUR_MS) * (6 / of) * (1 + ((place * 7) % 4) / 3);
  let backlog = Math.round(140 / of);
  const points: SeriesPoint[] = [];
  for (let at = from; at < to; at += step) {
    const wave = 1 + 0.45 * Math.sin(at / (step === HOUR_MS ? 4 * HOUR_MS : 80 * HOUR_MS) + place);
    const inflow = Math.round(size * wave);
    const outflow = Math.round(size * (1 + 0.4 * Math.sin(at / (90 * HOUR_MS) + place * 2)) * 0.98);
    backlog = Math.max(0, backlog + inflow - outflow);
    const isQuiet = outflow === 0 || (step === HOUR_MS && Math.floor(at / HOUR_MS) % 7 === 0);
    points.push({
      at: new Date(at).toISOString(),
      inflow,
      outflow,
      backlog,
      first_response: durationsOf(isQuiet ? 0 : outflow, 22 * 60_000 * wave),
      resolution: durationsOf(isQuiet ? 0 : outflow, 9 * HOUR_MS * (2.2 - wave)),
    });
  }
  const sum = (read: (point: SeriesPoint) => number) =>
    points.reduce((total, point) => total + read(point), 0);
  const outflow = sum((point) => point.outflow);
  const total = {
    inflow: sum((point) => point.inflow),
    outflow,
    first_response: durationsOf(outflow, (19 + place * 6) * 60_000),
    resolution: durationsOf(outflow, (7 + place * 3) * HOUR_MS),
  };
  return { key, name, total, points };
}

const durationsOf = (count: number, median: number) =>
  count === 0
    ? { count: 0, median_ms: null, p90_ms: null }
    : { count, median_ms: Math.round(median), p90_ms: Math.round(median * 3.4) };
