import { isPassing, isSignedOut, ProblemError } from '../api/errors.js';
import { backoff, type Clock } from './clock.js';
import type { SessionGate } from './session-gate.js';

export interface DeliveryParts {
  readonly clock: Clock;
  readonly gate: SessionGate;
  /** Whether whoever is signed in at this browser is still the one whose page this is. */
  readonly isStillMe: () => boolean;
  /** The server, or this browser, says that the person is no longer signed in. */
  readonly signedOut: () => void;
}

/** Calls again, with growing delays, until there is an answer. SPEC.md, P5 and O5. */
export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #sleeping = new Set<() => void>();
  #isClosed = false;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** The network seems to be back: what waits is tried at once. */
  wake(): void {
    for (const wake of [...this.#sleeping]) wake();
  }

  /** Nothing is sent any more; what is under way never ends. */
  close(): void {
    this.#isClosed = true;
  }

  /**
   * @param call made for each try; throws what ends the tries, or what `isPassing`
   * @param stuck told whether the last try had no answer
   * @throws what `call` throws that is neither passing nor about the session
   */
  async untilAnswered<Answer>(call: () => Promise<Answer>, stuck: (is: boolean) => void): Promise<Answer> {
    for (let failures = 1; ; failures += 1) {
      await this.#mayBeSent(stuck);
      try {
        const answer = await call();
        await this.#unlessClosed();
        stuck(false);
        return answer;
      } catch (failure) {
        await this.#unlessClosed();
        const again = isSignedOut(failure) || isPassing(failure);
        stuck(again);
        if (!again) throw failure;
        if (isSignedOut(failure)) this.#parts.signedOut();
        else await this.#pause(failure, failures);
      }
    }
  }

  /** What is made by one person is never sent in the name of another. */
  async #mayBeSent(stuck: (is: boolean) => void): Promise<void> {
    const { gate, isStillMe, signedOut } = this.#parts;
    await this.#unlessClosed();
    while (gate.isShut || !isStillMe()) {
      stuck(true);
      if (!gate.isShut) signedOut();
      await gate.passed();
      await this.#unlessClosed();
    }
  }

  async #pause(failure: unknown, failures: number): Promise<void> {
    const { clock } = this.#parts;
    const named = failure instanceof ProblemError ? failure.retryAfterMs : undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.after(named ?? backoff(failures, clock), resolve);
    // That a feed opens says nothing of a limit: the time that the server named holds.
    if (named === undefined) this.#sleeping.add(resolve);
    await promise;
    this.#sleeping.delete(resolve);
    cancel();
  }

  #unlessClosed(): Promise<void> {
    return this.#isClosed ? new Promise(() => undefined) : Promise.resolve();
  }
}
