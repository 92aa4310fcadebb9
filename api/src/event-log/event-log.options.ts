/** How eagerly the log is read, and how much of it is kept in memory. Times in milliseconds. */
export interface EventLogOptions {
  /** Events kept in memory for resumes. */
  readonly ringCapacity: number;
  /** Between reads while somebody listens, and while nobody does. */
  readonly pollMs: number;
  readonly idlePollMs: number;
  /** The least time between two reads, however often somebody pokes. */
  readonly restMs: number;
  /** How long a reader of stats waits at most for this process's own last commit. */
  readonly settleMs: number;
  /** After this long, an idle transaction that holds up the feed is ended. */
  readonly idleHolderMs: number;
  readonly fsyncMayBeOff: boolean;
}

export const EVENT_LOG_OPTIONS = Symbol('EventLogOptions');

export const EVENT_LOG_DEFAULTS: EventLogOptions = {
  ringCapacity: 10_000,
  pollMs: 20,
  idlePollMs: 250,
  restMs: 2,
  settleMs: 250,
  idleHolderMs: 10_000,
  fsyncMayBeOff: false,
};
