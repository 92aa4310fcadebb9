/**
 * The database's clock as this process knows it. What it said lies between the question and the answer, so that each
 * look bounds by how much it is ahead; the quick ones bound it closely, and an answer that this process was late to
 * hear changes nothing. Counted on the clock that nobody sets, wherever that of the machine goes meanwhile.
 */
export class DatabaseClock {
  /** Milliseconds; until the database says otherwise, its clock is this machine's. */
  #aheadMs = performance.timeOrigin;

  /** Milliseconds since 1970. */
  now(): number {
    return performance.now() + this.#aheadMs;
  }

  /**
   * @param said milliseconds since 1970, by the database
   * @param asked `performance.now()` before the question
   * @param answered `performance.now()` after the answer
   */
  look(said: number, asked: number, answered: number): void {
    this.#aheadMs = Math.min(Math.max(this.#aheadMs, said - answered), said - asked);
  }
}
