import type { SeriesParams } from '../api/series.js';
import { CATEGORIES, PRIORITIES } from '#contract/values';

export const SERIES_RANGES = ['today', '7d', '30d', '90d', 'custom'] as const;
export const SERIES_GROUPINGS = ['category', 'priority', 'assignee'] as const;
export type SeriesRange = (typeof SERIES_RANGES)[number];
export type SeriesGrouping = (typeof SERIES_GROUPINGS)[number];
type Interval = SeriesParams['interval'];

const DAY_MS = 86_400_000;
const DAYS: Readonly<Record<Exclude<SeriesRange, 'custom'>, number>> = {
  today: 1,
  '7d': 7,
  '30d': 30,
  '90d': 90,
};
const DEFAULT_RANGE = '30d';
/** Up to so many days hours are what one wants to see, and beyond so many they are too many to be served. */
const HOURLY_UP_TO_DAYS = 2;
const HOURS_SERVED_DAYS = 62;
const MOST_DAYS = 1_500;

/** What the figures can be asked for by their address. Days are days of UTC, as everywhere in the figures. */
export interface SeriesQuery {
  readonly range: SeriesRange;
  /** Of a custom range, `2026-11-21`, both inclusive. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Undefined: what suits the range. */
  readonly interval: Interval | undefined;
  readonly category: readonly (typeof CATEGORIES)[number][];
  readonly priority: readonly (typeof PRIORITIES)[number][];
  /** A person's id, `me` or `none`. */
  readonly assignee: string | undefined;
  readonly group: SeriesGrouping | undefined;
}

/** Reads an address; what it does not know it leaves out, so that an old link still opens. */
export function readSeriesQuery(query: Pick<URLSearchParams, 'get'>): SeriesQuery {
  const [from, to] = [dayIn(query.get('from')), dayIn(query.get('to'))];
  const isCustom = from !== undefined && to !== undefined && from <= to;
  const range = one(query.get('range'), SERIES_RANGES);
  return {
    range: isCustom ? 'custom' : range && range !== 'custom' ? range : DEFAULT_RANGE,
    from: isCustom ? from : undefined,
    to: isCustom ? to : undefined,
    interval: one(query.get('interval'), ['hour', 'day'] as const),
    category: several(query.get('category'), CATEGORIES),
    priority: several(query.get('priority'), PRIORITIES),
    assignee: query.get('assignee')?.trim() || undefined,
    group: one(query.get('group'), SERIES_GROUPINGS),
  };
}

/** The query part of the address, `?` included; empty for the plain page. The same view has one address. */
export function writeSeriesQuery(asked: SeriesQuery): '' | `?${string}` {
  const { range, from, to, interval, category, priority, assignee, group } = asked;
  const isCustom = range === 'custom';
  const parts = {
    range: isCustom || range === DEFAULT_RANGE ? '' : range,
    from: isCustom ? from : '',
    to: isCustom ? to : '',
    interval,
    category: category.join(),
    priority: priority.join(),
    assignee,
    group,
  };
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parts)) if (value) query.set(key, value);
  const text = query.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** First and last day of the range, at midnight UTC, milliseconds since 1970. */
export function daysOf({ range, from, to }: SeriesQuery, now: number): { first: number; last: number } {
  if (range === 'custom' && from !== undefined && to !== undefined) {
    const last = Date.parse(to);
    return { first: Math.max(Date.parse(from), last - (MOST_DAYS - 1) * DAY_MS), last };
  }
  const last = Math.floor(now / DAY_MS) * DAY_MS;
  return { first: last - (DAYS[range === 'custom' ? DEFAULT_RANGE : range] - 1) * DAY_MS, last };
}

/** Hours for a day or two, days for more; by hand either, where hours can be served. */
export function intervalOf(asked: SeriesQuery, now: number): { interval: Interval; canChoose: boolean } {
  const { first, last } = daysOf(asked, now);
  const days = (last - first) / DAY_MS + 1;
  const canChoose = days > 1 && days <= HOURS_SERVED_DAYS;
  const fitting: Interval = days <= HOURLY_UP_TO_DAYS ? 'hour' : 'day';
  return { interval: canChoose ? (asked.interval ?? fitting) : fitting, canChoose };
}

/** The same for the api. A range that is not over ends with the interval that is now. */
export function seriesParams(asked: SeriesQuery, now: number): SeriesParams {
  const { first, last } = daysOf(asked, now);
  const end = last + DAY_MS;
  return {
    interval: intervalOf(asked, now).interval,
    from: new Date(first).toISOString(),
    ...(end <= now ? { to: new Date(end).toISOString() } : {}),
    category: asked.category,
    priority: asked.priority,
    assignee: asked.assignee,
    group_by: asked.group,
  };
}

/** Whether anything narrows the figures down; the range does not. */
export const isNarrowed = ({ category, priority, assignee }: SeriesQuery): boolean =>
  category.length + priority.length > 0 || assignee !== undefined;

/** A day as an address and a date field write it. */
export const dayName = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function dayIn(text: string | null): string | undefined {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) || dayName(ms) !== text ? undefined : text;
}

function one<Value extends string>(text: string | null, values: readonly Value[]): Value | undefined {
  return values.find((value) => value === text);
}

function several<Value extends string>(text: string | null, values: readonly Value[]): readonly Value[] {
  const asked = new Set(text?.split(',') ?? []);
  return values.filter((value) => asked.has(value));
}
