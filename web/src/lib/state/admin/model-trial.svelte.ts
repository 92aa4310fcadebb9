import type { ClassificationTest } from '#contract/administration';

import { testClassification } from '../../api/settings.js';
import { now } from '../now.svelte.js';
import { sayFailure } from '../session-failure.js';

/** One test call of the language model after another. */
export class ModelTrial {
  #startedAt = $state<number>();
  #answer = $state.raw<ClassificationTest>();
  #failure = $state<string>();

  get isRunning(): boolean {
    return this.#startedAt !== undefined;
  }

  /** How long the call has been under way, in whole seconds. */
  get seconds(): number {
    return this.#startedAt === undefined ? 0 : Math.max(0, Math.floor((now.ms - this.#startedAt) / 1_000));
  }

  /** Of the last call; undefined before it, and when it never reached the server. */
  get answer(): ClassificationTest | undefined {
    return this.#answer;
  }

  /** Why the last call did not reach the server. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Never throws. */
  async run(description: string): Promise<void> {
    if (this.isRunning) return;
    this.#startedAt = Date.now();
    this.#answer = undefined;
    this.#failure = undefined;
    try {
      this.#answer = await testClassification({ description });
    } catch (failure) {
      this.#failure = sayFailure(failure);
    } finally {
      this.#startedAt = undefined;
    }
  }
}
