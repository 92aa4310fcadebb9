import type { Clock } from '../clock.js';

/** The clock of a page: once that is gone, none of its timers runs any more. */
export class MortalClock implements Clock {
  readonly #clock: Clock;
  #isDead = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
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
