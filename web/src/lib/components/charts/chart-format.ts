import { charts as text } from '#lib/text/stats.ts';
import type { ChartData } from './chart-data.ts';

const count = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayAndYear = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const hour = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayAndHour = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1_000 },
] as const;

/** In the largest unit of which there is at least one: `1.5 h`. */
export function spanOf(ms: number): string {
  const unit = UNITS.find((one) => ms >= one.ms) ?? UNITS[3];
  return `${short.format(ms / unit.ms)} ${unit.name}`;
}

/** A unit for a whole axis that ends at `most`. */
export const axisUnit = (most: number) => UNITS.find(({ ms }) => most >= 2 * ms) ?? UNITS[3];

export const valueOf = (value: number | null, unit: ChartData['unit']): string =>
  value === null ? text.none : unit === 'count' ? count.format(value) : spanOf(value);

/** Below an axis: days are days of UTC, hours are those of the reader. */
export const tickOf = (at: Date, interval: ChartData['interval'], isLong: boolean): string =>
  interval === 'day' ? day.format(at) : isLong ? day.format(at) : hour.format(at);

/** In full. */
export const momentOf = (at: Date, interval: ChartData['interval']): string =>
  interval === 'day' ? dayAndYear.format(at) : dayAndHour.format(at);
