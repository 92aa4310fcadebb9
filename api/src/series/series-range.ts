import { type Series, SERIES_POINTS_MAX, type SeriesQuery } from '../contract/series.js';
import { ProblemError } from '../problems/problem-error.js';
import { beginning, HOUR_MS, type Span } from './series-cells.js';

const DEFAULT_POINTS = { hour: 48, day: 30 } as const;

/** From `from` to `to`, without it, in steps of `span` hours; milliseconds since 1970. */
export interface SeriesRange {
  readonly interval: Series['interval'];
  readonly span: Span;
  readonly stepMs: number;
  readonly from: number;
  readonly to: number;
}

/** @throws ProblemError `invalid` that names `from`: nothing lies before `to`, or too much */
export function rangeOf(
  { interval, from, to }: Pick<SeriesQuery, 'interval' | 'from' | 'to'>,
  now: number,
): SeriesRange {
  const span = interval === 'hour' ? 1 : 24;
  const stepMs = span * HOUR_MS;
  const end = to === undefined ? beginning(now, span) + stepMs : beginning(to.getTime(), span);
  const start =
    from === undefined ? end - DEFAULT_POINTS[interval] * stepMs : beginning(from.getTime(), span);
  if (start >= end) throw ProblemError.field('from', 'must be in an earlier interval than `to`');
  const range = { interval, span, stepMs, from: start, to: end } as const;
  if (pointsOf(range) > SERIES_POINTS_MAX) {
    throw ProblemError.field('from', `must be at most ${SERIES_POINTS_MAX} ${interval}s before \`to\``);
  }
  return range;
}

export const pointsOf = ({ from, to, stepMs }: Pick<SeriesRange, 'from' | 'to' | 'stepMs'>): number =>
  (to - from) / stepMs;
