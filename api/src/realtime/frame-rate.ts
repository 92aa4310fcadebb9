/**
 * How often something may happen: so often a second on average, and `burst` times at once, by the generic cell
 * rate algorithm (ITU-T I.371), which needs one number for each that is counted.
 */
export class FrameRate {
  readonly #everyMs: number;
  readonly #aheadMs: number;

  constructor(perSecond: number, burst: number) {
    this.#everyMs = 1_000 / perSecond;
    this.#aheadMs = this.#everyMs * (burst - 1);
  }

  /**
   * @param due what the last call gave; 0 at first
   * @param now milliseconds that only rise
   * @returns what to pass the next time, or null when that is too often
   */
  next(due: number, now: number): number | null {
    const begin = Math.max(due, now);
    return begin - now > this.#aheadMs + 1e-6 ? null : begin + this.#everyMs;
  }
}
