import { Injectable } from '@nestjs/common';

/** Whether the process has been told to end. What waits for something that may not come soon looks at `signal`. */
@Injectable()
export class Shutdown {
  readonly #told = new AbortController();

  /** Aborted when the end begins: nothing new is taken on, what is under way is finished. */
  get signal(): AbortSignal {
    return this.#told.signal;
  }

  get hasBegun(): boolean {
    return this.signal.aborted;
  }

  begin(): void {
    this.#told.abort();
  }
}
