import type { Clock } from '../clock.js';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** Time that stands still until it is told to pass. */
export class FakeClock implements Clock {
  readonly random: () => number;
  #now = Date.parse('2026-11-21T09:00:00.000Z');
  #timers: Timer[] = [];

  constructor(random: () => number = () => 0.5, passedMs = 0) {
    this.random = random;
    this.#now += passedMs;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { due: this.#now + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass, running what falls due in order; what follows from that runs before the next. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers
        .filter(({ due }) => due <= end)
        .reduce<Timer | undefined>(
          (first, timer) => (first && first.due <= timer.due ? first : timer),
          undefined,
        );
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.due;
      next.run();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Everything that follows from what has been settled so far has run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
