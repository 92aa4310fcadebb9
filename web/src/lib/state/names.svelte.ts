import { SvelteMap } from 'svelte/reactivity';

import type { AssigneesState } from '../sync/live-assignees.js';
import type { SyncClient } from '../sync/sync-client.js';

/** Somebody as rows, comments and events carry them. */
interface Named {
  readonly id: string | null;
  readonly name: string;
}

/**
 * What people are called now. Rows, comments and events carry the name of the time they were read or written;
 * a person who is renamed is so everywhere at once.
 */
export class Names {
  readonly #renamed = new SvelteMap<string, string>();
  readonly #assignees: () => AssigneesState;

  /** @param assignees the people of the desk, as they were read last */
  constructor(client: SyncClient, assignees: () => AssigneesState) {
    this.#assignees = assignees;
    client.onChange(({ events, moored }) => {
      // The list is read anew then, and knows better.
      if (moored) this.#renamed.clear();
      for (const { person } of events) if (person) this.#renamed.set(person.id, person.name);
    });
  }

  of({ id, name }: Named): string {
    if (id === null) return name;
    const listed = this.#assignees().people.find((person) => person.id === id);
    return this.#renamed.get(id) ?? listed?.name ?? name;
  }

  /** Of somebody known by id only: events carry assignees so. */
  ofId(id: string): string {
    return this.of({ id, name: id });
  }
}
