import { Logger } from '@nestjs/common';

/** Not while the process starts, but early enough for one that is never up for long. */
const SOON_MS = 120_000;

/**
 * When the first run is: now, or one interval later; or soon, at a random moment of the second minute, so that
 * processes that start together take turns.
 */
type FirstRun = 'now' | 'soon' | 'later';

/** Work in the background, again and again, never twice at once; a failure is a log line, and the next try comes. */
export class RecurringTask {
  readonly #logger = new Logger(RecurringTask.name);
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  #stopped = false;

  /**
   * @param name what the work does, for the log: "Learning the texts"
   * @param everyMs from one start to the next
   */
  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
  ) {}

  /** Whether `stop` was called: work that takes long looks at it between its steps. */
  get isStopped(): boolean {
    return this.#stopped;
  }

  start(first: FirstRun = 'later'): void {
    if (first === 'now') this.#run();
    this.#timer = setTimeout(
      () => {
        this.#timer = setInterval(() => this.#run(), this.everyMs);
        this.#run();
      },
      first === 'soon' ? SOON_MS * (1 - Math.random() / 2) : this.everyMs,
    );
  }

  /** No more runs; resolves when the one under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
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
