/** What a screen sees of a live list. */
export interface ListState {
  /** `loading` until the first answer; `failed` when the server refuses the query. */
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Why it failed, or why a read is being tried again; undefined when all is well. */
  readonly problem: unknown;
  /** A read is under way. */
  readonly reading: boolean;
  /** As shown: it moves only by `adopt`, `refresh` and `more`. */
  readonly ids: readonly number[];
  /** Belong to the list now, but are not shown, in the list's order. */
  readonly arrivals: readonly number[];
  /** Shown, but do not belong to the list any more. */
  readonly departed: ReadonlySet<number>;
  /** What `adopt` would show. */
  readonly current: readonly number[];
  /** Some changed tickets may belong to the list or not: `refresh` asks the server. */
  readonly uncertain: boolean;
  /** How many the server counted at the last read; `countExact` false: at least so many. */
  readonly count: number;
  readonly countExact: boolean;
  readonly hasMore: boolean;
  /** Links to the pages around the one that was read last; null: it is at that end. */
  readonly next: string | null;
  readonly previous: string | null;
}

/** Before the first answer. */
export const LOADING: ListState = {
  phase: 'loading',
  problem: undefined,
  reading: false,
  ids: [],
  arrivals: [],
  departed: new Set(),
  current: [],
  uncertain: false,
  count: 0,
  countExact: true,
  hasMore: false,
  next: null,
  previous: null,
};
