const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const OPENS = 8;
const CLOSES = 19;

/** Customers that write in an hour of the day, compared with the busiest. */
const BY_HOUR = [
  0.08, 0.06, 0.05, 0.05, 0.06, 0.1, 0.2, 0.42, 0.75, 0.97, 1, 0.93, 0.7, 0.82, 0.95, 0.9, 0.78, 0.6, 0.42,
  0.3, 0.25, 0.2, 0.16, 0.11,
] as const;
/** The same for days of the week, from Sunday. */
const BY_DAY = [0.16, 1, 0.97, 0.92, 0.9, 0.74, 0.2] as const;
/** The oldest day has so much of what the newest has. */
const GROWTH_FROM = 0.7;

/**
 * When customers write, in the machine's time zone: more in office hours and on workdays, growing a little.
 * @param days how far back from `now`, which is in milliseconds since 1970
 * @param share gives `count` numbers in [0, 1), in rising order
 * @returns so many moments, rising
 */
export function arrivals(
  count: number,
  days: number,
  now: number,
  share: (index: number) => number,
): number[] {
  const begin = now - days * DAY_MS;
  const slots: { at: number; until: number }[] = [];
  let total = 0;
  for (let at = begin; at < now; at += 15 * MINUTE_MS) {
    const date = new Date(at);
    const growth = GROWTH_FROM + (1 - GROWTH_FROM) * ((at - begin) / (now - begin));
    total += BY_HOUR[date.getHours()]! * BY_DAY[date.getDay()]! * growth;
    slots.push({ at, until: total });
  }
  let slot = 0;
  return Array.from({ length: count }, (_, index) => {
    const wanted = share(index) * total;
    while (slots[slot]!.until <= wanted) slot += 1;
    const before = slot === 0 ? 0 : slots[slot - 1]!.until;
    const { at, until } = slots[slot]!;
    return at + Math.min(((wanted - before) / (until - before)) * 15 * MINUTE_MS, now - 1 - at);
  });
}

/** The moment after `ms` of working time from `at` on: Monday to Friday, from eight to seven. */
export function afterWork(at: number, ms: number): number {
  let time = at;
  let left = ms;
  for (;;) {
    const day = new Date(time);
    const opens = new Date(day).setHours(OPENS, 0, 0, 0);
    const closes = new Date(day).setHours(CLOSES, 0, 0, 0);
    const isWorkday = day.getDay() !== 0 && day.getDay() !== 6;
    const from = Math.max(time, opens);
    if (isWorkday && from < closes) {
      if (from + left <= closes) return from + left;
      left -= closes - from;
    }
    time = new Date(day).setHours(24, 0, 0, 0);
  }
}
