import type { Clock } from '../clock.js';

/** The clock of a page, which may be wrong: once the page is gone, none of its timers runs any more. */
export class MortalClock implements Clock {
  readonly #clock: Clock;
  readonly #aheadMs: number;
  #isDead = false;

  constructor(clock: Clock, aheadMs: number) {
    this.#clock = clock;
    this.#aheadMs = aheadMs;
  }

  now(): number {
    return this.#clock.now() + this.#aheadMs;
  }

  random(): number {
    return this.#clock.random();
  }

  after(delayMs: number, run: () => void): () => void {
    return this.#clock.after(delayMs, () => {
      if (!this.#isDead) run();
    });
  }

  die(): void {
    this.#isDead = true;
  }
}
