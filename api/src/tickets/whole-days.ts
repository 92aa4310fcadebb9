import type { Stretch } from './list-request.js';

const DAY_MS = 86_400_000;

/** A stretch of time as whole UTC days, numbered since 1970, and what is left of it before and after them. */
export interface WholeDays {
  /** From `first` up to, without, `end`; not finite where the stretch has no such bound. */
  readonly first: number;
  readonly end: number;
  /** At most two, each shorter than a day. */
  readonly rest: readonly Stretch[];
}

/** Null where the stretch holds no whole day. */
export function wholeDays({ createdAfter, createdBefore }: Stretch): WholeDays | null {
  const first = createdAfter === undefined ? -Infinity : Math.ceil(createdAfter.getTime() / DAY_MS);
  const end = createdBefore === undefined ? Infinity : Math.floor(createdBefore.getTime() / DAY_MS);
  if (first >= end) return null;
  const rest: Stretch[] = [];
  if (createdAfter !== undefined && first * DAY_MS > createdAfter.getTime())
    rest.push({ createdAfter, createdBefore: new Date(first * DAY_MS) });
  if (createdBefore !== undefined && end * DAY_MS < createdBefore.getTime())
    rest.push({ createdAfter: new Date(end * DAY_MS), createdBefore });
  return { first, end, rest };
}
