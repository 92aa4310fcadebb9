import { Inject, Injectable } from '@nestjs/common';

import type { ClassificationTest } from '../contract/administration.js';
import type { ModelError, ModelFault } from './classification.errors.js';
import { ClassificationModel } from './classification-model.js';
import { MODEL_LIMITS, ModelGuard, type ModelLimits } from './model-guard.js';

const SENTENCES: Readonly<Record<ModelFault, string>> = {
  timeout: 'The model did not answer in time',
  unreachable: 'The server of the model cannot be reached',
  rate_limited: 'The server of the model says that it is asked too often',
  server_error: 'The server of the model failed',
  malformed: 'The server did not answer as one of chat completions does',
  credentials: 'The server refuses the key, or does not know the model',
  rejected: 'The server refuses the request',
  refused: 'The model refused the text',
  invalid: 'The model answered something that is no classification',
  busy: 'Too many calls are waiting already',
  paused: 'The model is left alone after repeated faults',
  stopped: 'The process is stopping',
  unexpected: 'The call failed in an unexpected way',
};

/** One call for administrators who want to see whether the model works, and if not, why. */
@Injectable()
export class ModelTrial {
  constructor(
    @Inject(ClassificationModel) private readonly model: ClassificationModel | null,
    @Inject(MODEL_LIMITS) private readonly limits: ModelLimits,
  ) {}

  /**
   * Asks the model within the usual deadline, whatever it did before and whether it is switched on or not.
   * `error` holds nothing that the server or the model worded.
   */
  async run(description: string): Promise<ClassificationTest> {
    if (this.model === null) return { result: null, error: 'No model is set up.', latency_ms: 0 };
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    // A guard of its own knows of no earlier faults, and its fault counts for nobody else.
    const guard = new ModelGuard(this.model, this.limits, { onPause: () => {}, onResume: () => {} });
    try {
      const { category, priority, confidence, reason } = await guard.classify(description);
      return { result: { category, priority, confidence, reason }, error: null, latency_ms: elapsed() };
    } catch (error) {
      return { result: null, error: sentenceOf(error as ModelError), latency_ms: elapsed() };
    }
  }
}

const sentenceOf = ({ fault, detail }: ModelError): string =>
  `${SENTENCES[fault]}${detail === undefined ? '' : ` (${detail})`}.`;
