import { Injectable } from '@nestjs/common';

/** Tells this process that somebody's way in was changed, so that nothing remembered outlives it here. */
@Injectable()
export class CredentialChanges {
  readonly #listeners = new Set<() => void>();

  /** @returns how to stop listening */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** To be called after the commit. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
