/** One event of Chromium's tracing, times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  /** What of it the thread had a processor. */
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly id2?: { readonly local?: string };
  readonly id?: string;
  readonly args: {
    readonly name?: string;
    readonly data?: { readonly type?: string };
    readonly frame_reporter?: { readonly state: string; readonly affects_smoothness?: boolean };
  };
}

/** What is recorded: tasks, frames, and what the keyboard's events took. */
export const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'cc',
  'benchmark',
  'toplevel',
];

/** Milliseconds, in the order of time. */
export interface Recorded {
  /** From when a frame was due until it was on the screen. */
  readonly frames: readonly number[];
  /** Frames that did not come and that somebody could have seen: in an animation, a scrolling. */
  readonly dropped: number;
  /** Of the page's main thread, on the clock on the wall: on a busy machine most of it is waiting. */
  readonly tasks: readonly number[];
  /** The same, but only while they had a processor. */
  readonly work: readonly number[];
  /** From each key going down to the next paint. */
  readonly keys: readonly number[];
}

/** @param trace as Chromium wrote it */
export function read(trace: Buffer): Recorded {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const events = traceEvents.toSorted((one, other) => one.ts - other.ts);
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && mains.has(`${pid} ${tid}`));
  const reports = spans(events, 'PipelineReporter').map(({ begin, end, ms }) => {
    const { state, affects_smoothness } = { ...begin.args, ...end.args }.frame_reporter ?? {};
    return { ms, state, isSeen: affects_smoothness ?? true };
  });
  return {
    frames: reports.filter(({ state }) => state?.startsWith('STATE_PRESENTED')).map(({ ms }) => ms),
    dropped: reports.filter(({ state, isSeen }) => state === 'STATE_DROPPED' && isSeen).length,
    tasks: tasks.map(({ dur = 0 }) => dur / 1_000),
    work: tasks.map(({ tdur = 0 }) => tdur / 1_000),
    keys: spans(events, 'EventTiming')
      .filter(({ begin }) => begin.args.data?.type === 'keydown')
      .map(({ ms }) => ms),
  };
}

/** What begins and ends as two events, by when it began. */
function spans(events: readonly TraceEvent[], wanted: string) {
  const begun = new Map<string, TraceEvent>();
  const found: { begin: TraceEvent; end: TraceEvent; ms: number }[] = [];
  for (const event of events) {
    if (event.name !== wanted) continue;
    const key = `${event.pid} ${event.id2?.local ?? event.id}`;
    if (event.ph === 'b') begun.set(key, event);
    const begin = begun.get(key);
    if (event.ph !== 'e' || begin === undefined) continue;
    begun.delete(key);
    found.push({ begin, end: event, ms: (event.ts - begin.ts) / 1_000 });
  }
  return found.sort((one, other) => one.begin.ts - other.begin.ts);
}

/** The value that a share of all does not exceed; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
