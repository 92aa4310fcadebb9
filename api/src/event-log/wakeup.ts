/** A sleep that can be cut short; a wake while nobody sleeps shortens the next sleep. */
export class Wakeup {
  #pending = false;
  #cut: (() => void) | null = null;

  wake(): void {
    this.#pending = true;
    this.#cut?.();
  }

  /**
   * @param options.atLeastMs sleeps that long even when woken
   * @param options.ignoreWakes sleeps the whole time (for waits between failed tries)
   */
  async sleep(ms: number, options: { atLeastMs?: number; ignoreWakes?: boolean } = {}): Promise<void> {
    const { atLeastMs = 0, ignoreWakes = false } = options;
    if (ignoreWakes) return pause(ms);
    if (atLeastMs > 0) await pause(atLeastMs);
    if (!this.#pending && ms > atLeastMs) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms - atLeastMs);
        this.#cut = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#cut = null;
    }
    this.#pending = false;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
