import type { ClassifyResult } from '#contract/classification';

import { classify } from '../api/tickets.js';

const PAUSE_MS = 700;
/** Shorter texts say too little to be worth the model's time. */
const ENOUGH = 12;

/**
 * - `idle` too little text · `waiting` they are typing · `asking` the model is being asked · `given` an
 *   answer for exactly this text · `none` there is none: the model is away, or has no opinion
 */
export type SuggestionPhase = 'idle' | 'waiting' | 'asking' | 'given' | 'none';

/** What the model makes of a description, asked when the writer pauses. */
export class Suggestion {
  #phase = $state<SuggestionPhase>('idle');
  #result = $state.raw<ClassifyResult>();
  #text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();

  get phase(): SuggestionPhase {
    return this.#phase;
  }

  /** The last answer; it is of an earlier text unless the phase is `given`. */
  get result(): ClassifyResult | undefined {
    return this.#result;
  }

  /** The description is now `text`. */
  follow(text: string): void {
    const trimmed = text.trim();
    if (trimmed === this.#text) return;
    this.forget();
    this.#text = trimmed;
    if (trimmed.length < ENOUGH) {
      this.#result = undefined;
      return;
    }
    this.#phase = 'waiting';
    this.#timer = setTimeout(() => void this.#ask(trimmed), PAUSE_MS);
  }

  /** Stops asking. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#text = '';
    this.#phase = 'idle';
  }

  /** Another ticket: what was said of the one before is of no use. */
  clear(): void {
    this.forget();
    this.#result = undefined;
  }

  async #ask(description: string): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#phase = 'asking';
    const result = await classify({ description }, signal).catch(() => undefined);
    if (signal.aborted) return;
    const usable = result?.source === 'model' ? result : undefined;
    this.#result = usable;
    this.#phase = usable ? 'given' : 'none';
  }
}
