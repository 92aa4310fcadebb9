/** How the queue spends the database's and the model's time. */
export interface QueuePace {
  /** Between two looks for jobs of other processes; those of this one are announced by `wake`. */
  readonly pollSeconds: number;
  /** How long a wake waits for company: one look then takes several jobs. */
  readonly gatherMs: number;
  /** Jobs taken, and worked on, at a time. */
  readonly batch: number;
  /** A job that was taken this long ago belongs to a process that died. */
  readonly expireSeconds: number;
  /** Between two looks for such jobs. */
  readonly superviseSeconds: number;
  /** After a failed attempt: this, doubled each time (with jitter), up to the most. */
  readonly retrySeconds: number;
  readonly retryMaxSeconds: number;
  /** Attempts that may wait for a better model; the next one is the last. */
  readonly patientAttempts: number;
  /** How long jobs under way may go on when the process stops. */
  readonly graceMs: number;
}

/** Injection token of the QueuePace. */
export const QUEUE_PACE = Symbol('QueuePace');

/**
 * A model that is away is asked for 2.5 to 5 minutes. A job of a killed process is taken up again by another
 * within 25 s and the first retry.
 * @param timeoutMs the longest that the model takes for one job
 */
export const queuePace = (timeoutMs: number): QueuePace => ({
  pollSeconds: 1,
  gatherMs: 100,
  batch: 8,
  expireSeconds: Math.ceil(timeoutMs / 1_000) + 10,
  superviseSeconds: 10,
  retrySeconds: 5,
  retryMaxSeconds: 120,
  patientAttempts: 5,
  graceMs: 1_500,
});
