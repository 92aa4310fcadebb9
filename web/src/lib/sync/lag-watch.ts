const PATIENCE_MOST = 32;

/** Ids: where the server was at a beat, and where the rows and the figures of this client were then. */
export interface Standing {
  readonly head: number;
  readonly rows: number;
  readonly stats: number;
}

/**
 * Finds a loss that no later message shows: the last envelope before a silence, or absolute figures that
 * never came. Between two beats everything sent before the first one must have arrived; what stands still
 * behind it is lost. See SPEC.md, section H.
 */
export class LagWatch {
  #last: Standing | undefined;
  #patience = 1;
  #stuck = 0;

  /**
   * Compares with the beat before. Returns whether to open the feed again; when that does not help, it
   * says so at growing distances only.
   */
  observe(now: Standing): boolean {
    const last = this.#last;
    this.#last = now;
    if (last === undefined || !isStuck(last, now)) {
      this.#patience = 1;
      this.#stuck = 0;
      return false;
    }
    this.#stuck += 1;
    if (this.#stuck < this.#patience) return false;
    this.#stuck = 0;
    this.#patience = Math.min(this.#patience * 2, PATIENCE_MOST);
    return true;
  }

  /** Another connection or another position: nothing to compare with. Patience stays. */
  forget(): void {
    this.#last = undefined;
  }
}

function isStuck(last: Standing, now: Standing): boolean {
  const rowsStuck = now.rows === last.rows && now.rows < last.head;
  const statsStuck = now.stats === last.stats && now.stats < last.rows;
  return rowsStuck || statsStuck;
}
