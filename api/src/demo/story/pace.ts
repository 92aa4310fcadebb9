import type { Priority } from '../../contract/ticket.js';
import type { Random } from '../random.js';
import { afterWork } from './office-hours.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Milliseconds, at least and at most. */
export type Span = readonly [min: number, max: number];

/** From arrival to claim, and from there to the solution; for critical ones around the clock, else working time. */
export const CLAIM: Readonly<Record<Priority, Span>> = {
  critical: [2 * MINUTE_MS, 15 * MINUTE_MS],
  high: [8 * MINUTE_MS, 3 * HOUR_MS],
  medium: [30 * MINUTE_MS, 20 * HOUR_MS],
  low: [HOUR_MS, 45 * HOUR_MS],
};
export const SOLVE: Readonly<Record<Priority, Span>> = {
  critical: [20 * MINUTE_MS, 4 * HOUR_MS],
  high: [40 * MINUTE_MS, 11 * HOUR_MS],
  medium: [2 * HOUR_MS, 45 * HOUR_MS],
  low: [2 * HOUR_MS, 60 * HOUR_MS],
};
export const CLOSE: Span = [12 * HOUR_MS, 60 * HOUR_MS];
/** From the claim to the first answer. */
export const ANSWER: Readonly<Record<Priority, Span>> = {
  critical: [40_000, 6 * MINUTE_MS],
  high: [2 * MINUTE_MS, 35 * MINUTE_MS],
  medium: [3 * MINUTE_MS, 2 * HOUR_MS],
  low: [3 * MINUTE_MS, 3 * HOUR_MS],
};
/** Some lie about, and some wait for somebody else in between; in working time. */
export const NEGLECTED: Span = [15 * HOUR_MS, 140 * HOUR_MS];
export const HELD_UP: Span = [30 * HOUR_MS, 200 * HOUR_MS];

/** How long things take. */
export class Pace {
  constructor(private readonly random: Random) {}

  /** Mostly short, sometimes long: even on a logarithmic scale. */
  span([min, max]: Span): number {
    return min * (max / min) ** this.random.next();
  }

  /** The moment a span of work after `at`. */
  later(at: number, span: Span, priority: Priority): number {
    return workAfter(at, this.span(span), priority);
  }
}

/** The moment after `ms` of work from `at` on: around the clock for what is critical, else in working time. */
export function workAfter(at: number, ms: number, priority: Priority): number {
  return priority === 'critical' ? at + ms : afterWork(at, ms);
}
