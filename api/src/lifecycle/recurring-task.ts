import { Logger } from '@nestjs/common';

/** When the first run is, if not one interval after the start. */
interface FirstRun {
  readonly atOnce?: boolean;
  /** Within so many milliseconds, at a random moment of the second half: processes that start together then take turns. */
  readonly withinMs?: number;
}

/** Work in the background, again and again, never twice at once; a failure is a log line, and the next try comes. */
export class RecurringTask {
  readonly #logger = new Logger(RecurringTask.name);
  #timer: NodeJS.Timeout | undefined;
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

  start({ atOnce = false, withinMs }: FirstRun = {}): void {
    if (atOnce) this.#run();
    const firstMs = withinMs === undefined ? this.everyMs : withinMs * (1 - Math.random() / 2);
    this.#timer = setTimeout(() => {
      this.#timer = setInterval(() => this.#run(), this.everyMs);
      this.#run();
    }, firstMs);
  }

  /** No more runs; resolves when the one under way is over. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
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
