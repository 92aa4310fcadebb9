/** Time and chance, from outside, so that a test owns both. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after `delayMs`; returns how to call it off. */
  after(delayMs: number, run: () => void): () => void;
  /** Evenly in [0, 1). */
  random(): number;
}

export const systemClock: Clock = {
  now: Date.now,
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/**
 * How long to wait before the next try, in milliseconds: doubling from `firstMs` to `mostMs`, of which a
 * random half is taken off, so that clients that failed together do not come back together.
 *
 * @param failures how many tries have failed, at least 1
 */
export function backoff(failures: number, clock: Clock, firstMs = 500, mostMs = 10_000): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** (failures - 1));
  return ceiling * (1 - clock.random() / 2);
}
