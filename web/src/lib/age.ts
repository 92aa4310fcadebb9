const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const exact = new Intl.DateTimeFormat('en', {
  dateStyle: 'full',
  timeStyle: 'medium',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat('en', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** How long ago, in the fewest characters: `now`, `4m`, `3h`, `12d`, `2y`. Both in milliseconds since 1970. */
export function shortAge(then: number, now: number): string {
  const age = Math.max(0, now - then);
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < DAY) return `${Math.floor(age / HOUR)}h`;
  if (age < 365 * DAY) return `${Math.floor(age / DAY)}d`;
  return `${Math.floor(age / (365 * DAY))}y`;
}

/** A duration for a sentence: `40 s`, `3 min`, `2 h`. In milliseconds. */
export function duration(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.round(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  return `${Math.floor(ms / HOUR)} h`;
}

/** Date and time in the reader's own zone. */
export const exactTime = (iso: string): string => exact.format(new Date(iso));

/** When a moment's day began in the reader's own zone; both in milliseconds since 1970. */
export const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

/** A day in the reader's own zone, of a moment in milliseconds since 1970. */
export const dayOf = (time: number): string => day.format(time);

/** Time of the day in the reader's own zone. */
export const timeOfDay = (time: number): string => clock.format(time);
