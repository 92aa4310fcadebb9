/** Those who wait until the log has been read: once more, or as far as what this process has committed. */
export class ReadWaits {
  /** Commits of this process so far, and how many of them the last whole read has covered. */
  #written = 0;
  #covered = 0;
  #waiting: (() => void)[] = [];

  /** Commits of this process so far: what a read that begins now will cover. */
  get written(): number {
    return this.#written;
  }

  /** This process has just committed a change. */
  noteWrite(): void {
    this.#written += 1;
  }

  /** A whole read is over. @param covered `written` as it was when that began */
  noteRead(covered: number): void {
    this.#covered = covered;
    this.release();
  }

  /** Lets everybody look again whether it is worth the wait. */
  release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  /** Resolves after the next whole read, or after `timeoutMs`. */
  next(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /**
   * Resolves when a whole read has covered all that is committed by now, or after `timeoutMs`; at once when there is
   * nothing to wait for.
   * @param wanted asked after each read: whether it is still worth the wait
   */
  async settled(timeoutMs: number, wanted: () => boolean): Promise<void> {
    const goal = this.#written;
    const deadline = performance.now() + timeoutMs;
    while (this.#covered < goal && wanted()) {
      const left = deadline - performance.now();
      if (left <= 0) return;
      await this.next(left);
    }
  }
}
