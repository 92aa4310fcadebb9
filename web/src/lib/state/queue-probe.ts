/** How long to gather what only the server can decide, and how often to ask at most. */
const AFTER_MS = 1_000;
const EVERY_MS = 5_000;

/** Asks the server what the rows alone cannot say: soon, but not for every change. */
export class QueueProbe {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = 0;

  /** Does nothing when it is about to ask already. */
  askSoon(ask: () => void): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(AFTER_MS, this.#askedAt + EVERY_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#askedAt = Date.now();
      ask();
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
