import { SvelteSet } from 'svelte/reactivity';

import { ProblemError } from '../../api/errors.js';
import { sayFailure } from '../session-failure.js';

/** What is to be deleted, as its row said. */
export interface Doomed {
  readonly id: number;
  readonly title: string;
}

export interface Spared extends Doomed {
  /** Why it was not deleted, for people. */
  readonly reason: string;
}

/** Which tickets are chosen, and their deletion one after another, with what became of each. */
export class Deletion {
  readonly chosen = new SvelteSet<number>();
  readonly #remove: (id: number) => Promise<void>;
  #all = $state(0);
  #done = $state(0);
  #spared = $state.raw<readonly Spared[]>([]);
  #isRunning = $state(false);
  #isStopped = $state(false);

  /** @param remove deletes one ticket; throws a ProblemError when it is refused */
  constructor(remove: (id: number) => Promise<void>) {
    this.#remove = remove;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get progress(): { done: number; all: number } {
    return { done: this.#done, all: this.#all };
  }

  /** Those of the last deletion that were not deleted. */
  get spared(): readonly Spared[] {
    return this.#spared;
  }

  /** Ends after the ticket that is being deleted. */
  stop(): void {
    this.#isStopped = true;
  }

  forgetSpared(): void {
    this.#spared = [];
  }

  /** Never throws. @returns how many are gone, and how many were left because it was stopped */
  async run(doomed: readonly Doomed[]): Promise<{ gone: number; left: number }> {
    this.#isRunning = true;
    this.#isStopped = false;
    this.#all = doomed.length;
    this.#done = 0;
    this.#spared = [];
    for (const one of doomed) {
      if (this.#isStopped) break;
      await this.#delete(one);
      this.#done += 1;
    }
    this.#isRunning = false;
    return { gone: this.#done - this.#spared.length, left: this.#all - this.#done };
  }

  async #delete(one: Doomed): Promise<void> {
    try {
      await this.#remove(one.id);
      this.chosen.delete(one.id);
    } catch (failure) {
      // Somebody else has deleted it: what was asked for is so.
      if (failure instanceof ProblemError && failure.code === 'gone') this.chosen.delete(one.id);
      else this.#spared = [...this.#spared, { ...one, reason: sayFailure(failure) }];
    }
  }
}
