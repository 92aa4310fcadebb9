import {
  BrokenCircuitError,
  BulkheadRejectedError,
  CircuitState,
  ConsecutiveBreaker,
  TaskCancelledError,
  bulkhead,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';

import { ModelError } from './classification.errors.js';
import type { ClassificationModel, ModelAnswer } from './classification-model.js';

export interface ModelLimits {
  /** From the call to the answer or the fault, whatever the model does: retries, waiting in line and all. */
  readonly timeoutMs: number;
  /** Faults of the server in a row after which the model is left alone … */
  readonly failures: number;
  /** … for so long; then one call tries it again. */
  readonly pauseMs: number;
  /** Calls at a time, and how many may wait for a place. */
  readonly concurrent: number;
  readonly waiting: number;
}

/** Injection token of the ModelLimits. */
export const MODEL_LIMITS = Symbol('ModelLimits');

export const modelLimits = (timeoutMs: number): ModelLimits => ({
  timeoutMs,
  failures: 5,
  pauseMs: 30_000,
  concurrent: 16,
  waiting: 64,
});

export interface GuardEvents {
  readonly onPause: () => void;
  readonly onResume: () => void;
}

/** Keeps a slow, broken or overrun model from slowing anything else down. */
export class ModelGuard {
  readonly #breaker;
  readonly #bulkhead;

  constructor(
    private readonly model: ClassificationModel,
    private readonly limits: ModelLimits,
    events: GuardEvents,
  ) {
    this.#breaker = circuitBreaker(
      handleWhen((error) => error instanceof ModelError && error.ofTheServer),
      { halfOpenAfter: limits.pauseMs, breaker: new ConsecutiveBreaker(limits.failures) },
    );
    this.#breaker.onBreak(events.onPause);
    this.#breaker.onReset(events.onResume);
    this.#bulkhead = bulkhead(limits.concurrent, limits.waiting);
  }

  /** False from the last of the faults in a row until a call has worked. */
  get up(): boolean {
    return this.#breaker.state === CircuitState.Closed;
  }

  /**
   * @param stop ends the call early, without a mark against the model
   * @throws ModelError, and nothing else
   */
  async classify(description: string, stop?: AbortSignal): Promise<ModelAnswer> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new ModelError('timeout')), this.limits.timeoutMs);
    const onStop = () => deadline.abort(new ModelError('stopped'));
    stop?.addEventListener('abort', onStop, { once: true });
    if (stop?.aborted) onStop();
    const { signal } = deadline;
    try {
      return await orAborted(
        this.#bulkhead.execute(() => this.attempt(description, signal), signal),
        signal,
      );
    } catch (error) {
      throw asModelError(error);
    } finally {
      clearTimeout(timer);
      stop?.removeEventListener('abort', onStop);
    }
  }

  private async attempt(description: string, signal: AbortSignal): Promise<ModelAnswer> {
    // Somebody else's call is trying the model out; the breaker would make this one wait for its outcome.
    if (this.#breaker.state === CircuitState.HalfOpen) throw new ModelError('paused');
    return this.#breaker.execute(() => this.ask(description, signal), signal);
  }

  private async ask(description: string, signal: AbortSignal): Promise<ModelAnswer> {
    const asked = performance.now();
    try {
      // Raced here too: a model that ignores the signal must neither keep its place nor go uncounted.
      return await orAborted(this.model.classify(description, { signal }), signal);
    } catch (error) {
      if (!signal.aborted) throw asModelError(error);
      // After a wait in line for most of its time, running out of it is no fault of the model's.
      const hurried = performance.now() - asked < this.limits.timeoutMs / 2;
      throw hurried ? new ModelError('busy') : asModelError(signal.reason);
    }
  }
}

/** The work, or the signal's reason as soon as it is aborted; what the work does later is ignored. */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as ModelError);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function asModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  if (error instanceof BrokenCircuitError) return new ModelError('paused');
  if (error instanceof BulkheadRejectedError) return new ModelError('busy');
  if (error instanceof TaskCancelledError) return new ModelError('timeout');
  return new ModelError('unexpected', error instanceof Error ? error.name : typeof error);
}
