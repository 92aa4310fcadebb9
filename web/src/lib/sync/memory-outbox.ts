import type { OutboxEntry, OutboxStorage } from './outbox.js';

interface Shelved {
  readonly entry: OutboxEntry;
  readonly tab: MemoryOutbox;
}

/** An outbox's storage without a browser: for tests, and where nothing may be stored. */
export class MemoryShelf {
  readonly #shelved = new Map<string, Shelved>();

  /** As a tab of the browser sees it. */
  tab(): OutboxStorage {
    return new MemoryOutbox(this.#shelved);
  }

  get entries(): readonly OutboxEntry[] {
    return [...this.#shelved.values()].map(({ entry }) => entry);
  }
}

class MemoryOutbox implements OutboxStorage {
  readonly #shelved: Map<string, Shelved>;
  #isClosed = false;

  constructor(shelved: Map<string, Shelved>) {
    this.#shelved = shelved;
  }

  put(entry: OutboxEntry): Promise<void> {
    if (!this.#isClosed) this.#shelved.set(entry.opId, { entry: structuredClone(entry), tab: this });
    return Promise.resolve();
  }

  remove(opId: string): Promise<void> {
    if (!this.#isClosed) this.#shelved.delete(opId);
    return Promise.resolve();
  }

  adopt(person: string): Promise<readonly OutboxEntry[]> {
    const left = [...this.#shelved.values()].filter(
      ({ entry, tab }) => entry.person === person && tab.#isClosed,
    );
    for (const { entry } of left) this.#shelved.set(entry.opId, { entry, tab: this });
    return Promise.resolve(left.map(({ entry }) => structuredClone(entry)));
  }

  close(): void {
    this.#isClosed = true;
  }
}
