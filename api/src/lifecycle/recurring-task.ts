import { Logger } from '@nestjs/common';

/** Work in the background, again and again, never twice at once; a failure is a log line, and the next try comes. */
export class RecurringTask {
  readonly #logger = new Logger(RecurringTask.name);
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #busy = false;

  /**
   * @param name what the work does, for the log: "Learning the texts"
   * @param everyMs from one start to the next
   */
  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
  ) {}

  start(options: { atOnce: boolean } = { atOnce: false }): void {
    this.#timer = setInterval(() => this.#run(), this.everyMs);
    if (options.atOnce) this.#run();
  }

  /** No more runs; resolves when the one under way is over. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    await this.#running;
  }

  #run(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#running = this.work()
      .then(
        () => undefined,
        (error: Error) => this.#logger.warn(`${this.name} failed: ${error.message}`),
      )
      .finally(() => {
        this.#busy = false;
      });
  }
}
