import type { Percentiles } from '../metering/latencies.js';
import { short } from '../report/budget.js';

/** What happened since the soak began, and the latencies since the line before; milliseconds, megabytes, seconds. */
export interface Minute {
  readonly minutes: number;
  readonly writes: number;
  readonly events: number;
  readonly deliveries: number;
  readonly restarts: number;
  /** Connections that ended, by a restart or since people go. */
  readonly losses: number;
  readonly resumes: number;
  readonly resets: number;
  readonly gaps: number;
  /** From the change to its receipt, of what came live and of what came in a resume. */
  readonly live: Percentiles;
  readonly caughtUp: Percentiles;
  readonly heapMb: number;
  readonly apiCpu: number;
  readonly databaseCpu: number;
  readonly faults: number;
}

const COLUMNS: readonly [name: string, width: number, of: (minute: Minute) => string][] = [
  ['minute', 6, ({ minutes }) => minutes.toFixed(1)],
  ['writes', 7, ({ writes }) => String(writes)],
  ['events', 7, ({ events }) => String(events)],
  ['deliveries', 10, ({ deliveries }) => String(deliveries)],
  ['restarts', 8, ({ restarts }) => String(restarts)],
  ['cut', 6, ({ losses }) => String(losses)],
  ['resumes', 7, ({ resumes }) => String(resumes)],
  ['resets', 6, ({ resets }) => String(resets)],
  ['gaps', 4, ({ gaps }) => String(gaps)],
  ['p50 ms', 6, ({ live }) => short(live.p50)],
  ['p99', 5, ({ live }) => short(live.p99)],
  ['resumed', 7, ({ caughtUp }) => short(caughtUp.p99)],
  ['heaps MB', 8, ({ heapMb }) => short(heapMb)],
  ['api CPU s', 9, ({ apiCpu }) => short(apiCpu)],
  ['db CPU s', 8, ({ databaseCpu }) => short(databaseCpu)],
  ['faults', 6, ({ faults }) => String(faults)],
];

export const MINUTE_HEADER = COLUMNS.map(([name, width]) => name.padStart(width)).join('  ');

export function minuteLine(minute: Minute): string {
  return COLUMNS.map(([, width, of]) => of(minute).padStart(width)).join('  ');
}
