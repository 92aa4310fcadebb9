import { Inject, Injectable, Logger } from '@nestjs/common';

import type { ClassifyResult } from '../contract/classification.js';
import { Metrics } from '../metrics/metrics.js';
import { RuntimeSettings } from '../runtime-settings/runtime-settings.js';
import type { ModelError } from './classification.errors.js';
import { ClassificationModel } from './classification-model.js';
import { MODEL_LIMITS, ModelGuard, type ModelLimits } from './model-guard.js';
import { type Suggestion, SuggestionSigner } from './suggestion-signer.js';

/** How a background job wants to be answered. */
export interface Patience {
  /** No further attempt follows: take the fallback rather than fail. */
  readonly last: boolean;
  /** Aborted when the process stops. */
  readonly signal: AbortSignal;
}

/** Suggests category and priority for a description. Faults of the model never reach whoever waits. */
@Injectable()
export class ClassificationService {
  readonly #log = new Logger('Classification');
  readonly #guard: ModelGuard | null;

  constructor(
    @Inject(ClassificationModel) private readonly model: ClassificationModel | null,
    @Inject(MODEL_LIMITS) limits: ModelLimits,
    private readonly signer: SuggestionSigner,
    @Inject(RuntimeSettings) private readonly settings: Pick<RuntimeSettings, 'current'>,
    private readonly metrics: Metrics,
  ) {
    this.#guard = model && new ModelGuard(model, limits, this.events(limits));
    if (model) this.#log.log(`Tickets are classified by ${model.name}`);
    else
      this.#log.warn(
        'No model is set up (OPENAI_API_KEY, OPENAI_BASE_URL or GEMINI_API_KEY): all is general/low',
      );
  }

  /** How the model does, switched on or not. `down`: paused after repeated faults. `off`: none is set up. */
  get state(): 'up' | 'down' | 'off' {
    if (this.#guard === null) return 'off';
    return this.#guard.up ? 'up' : 'down';
  }

  /** The same, `off` also while administrators have switched it off. All but `up` means the fallback. */
  async effectiveState(): Promise<'up' | 'down' | 'off'> {
    return (await this.#switchedOn()) ? this.state : 'off';
  }

  /**
   * Answers within the deadline whatever the model does: with its suggestion, or general/low in its place.
   * @param description trimmed, as it will be stored
   * @returns the suggestion and its signed proof
   */
  async classify(description: string): Promise<ClassifyResult> {
    const { made } = await this.attempt(description);
    return { ...made, suggestion: await this.signer.sign(made, description) };
  }

  /**
   * The same for a ticket that was stored without values: nobody waits, so a model that is away for a
   * moment is given time. One that is switched off is not waited for: no ticket stays undecided for days.
   * @throws ModelError when another attempt is worth it and will follow, or when the process stops
   */
  async classifyLater(description: string, { last, signal }: Patience): Promise<Suggestion> {
    const { made, fault } = await this.attempt(description, signal);
    if (fault && (signal.aborted || (fault.passing && !last))) throw fault;
    return made;
  }

  private async attempt(
    description: string,
    stop?: AbortSignal,
  ): Promise<{ made: Suggestion; fault: ModelError | null }> {
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    if (this.#guard === null || this.model === null || !(await this.#switchedOn())) {
      this.metrics.classifications.inc({ result: 'off' });
      return { made: fallback(elapsed()), fault: null };
    }
    try {
      const answer = await this.#guard.classify(description, stop);
      const made = { ...answer, source: 'model', model: this.model.name, latency_ms: elapsed() } as const;
      this.metrics.classifications.inc({ result: 'model' });
      return { made, fault: null };
    } catch (error) {
      const fault = error as ModelError;
      this.metrics.classifications.inc({ result: fault.fault });
      this.report(fault, elapsed());
      return { made: fallback(elapsed()), fault };
    }
  }

  async #switchedOn(): Promise<boolean> {
    return (await this.settings.current()).classification_enabled;
  }

  private report(fault: ModelError, latencyMs: number): void {
    // A pause is told once, when it begins; stopping is no fault.
    if (fault.fault === 'paused' || fault.fault === 'stopped') return;
    this.#log.warn(`The model gave no answer after ${latencyMs} ms: ${fault.message}`);
  }

  private events({ failures, pauseMs }: ModelLimits) {
    return {
      onPause: () =>
        this.#log.warn(`The model is left alone for ${pauseMs / 1_000} s after ${failures} faults in a row`),
      onResume: () => this.#log.log('The model answers again'),
    };
  }
}

function fallback(latencyMs: number): Suggestion {
  return {
    category: 'general',
    priority: 'low',
    confidence: null,
    reason: null,
    source: 'fallback',
    model: null,
    latency_ms: latencyMs,
  };
}
