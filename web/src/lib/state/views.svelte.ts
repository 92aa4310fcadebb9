import { SvelteMap } from 'svelte/reactivity';

import type { View } from '#contract/views';

import { listTickets } from '../api/tickets.js';
import { createView, deleteView, listViews, patchView } from '../api/views.js';
import { LiveCounts, type Count } from '../sync/live-list-count.js';
import type { SyncClient } from '../sync/sync-client.js';
import { listParams, readQueueQuery } from './queue-params.js';

/** The saved views, and how many tickets each view has. Made once a page that shows them is there. */
export class Views {
  readonly #counts: LiveCounts;
  readonly #known = new SvelteMap<string, Count>();
  #saved = $state.raw<readonly View[]>([]);
  #isFailed = $state(false);

  constructor(client: SyncClient, me: string | undefined) {
    this.#counts = new LiveCounts({
      read: (params) => listTickets(params),
      onChange: (listener) => client.onChange(listener),
      position: () => client.position,
      me,
    });
    this.#counts.all.subscribe(() => this.#take());
  }

  /** By name; others' shared ones among them. */
  get saved(): readonly View[] {
    return this.#saved;
  }

  get isFailed(): boolean {
    return this.#isFailed;
  }

  /** Of a query as in the address of the queue; undefined: not counted yet. */
  countOf(query: string): Count | undefined {
    return this.#known.get(query);
  }

  /** Says of which queries the counts are wanted. */
  count(queries: readonly string[]): void {
    const params = queries.map((query) => {
      const { page_size: _, ...asked } = listParams(readQueueQuery(query));
      return [query, asked] as const;
    });
    this.#counts.follow(Object.fromEntries(params));
  }

  async load(): Promise<void> {
    try {
      this.#put((await listViews()).results);
      this.#isFailed = false;
    } catch {
      this.#isFailed = true;
    }
  }

  /** Each of them throws what `request` throws. */
  async save(view: { name: string; query: string; shared: boolean }): Promise<View> {
    const saved = await createView(view);
    this.#put([...this.#saved, saved]);
    return saved;
  }

  async change(id: string, part: { name?: string; query?: string; shared?: boolean }): Promise<void> {
    const changed = await patchView(id, part);
    this.#put(this.#saved.map((view) => (view.id === id ? changed : view)));
  }

  async remove(id: string): Promise<void> {
    await deleteView(id);
    this.#put(this.#saved.filter((view) => view.id !== id));
  }

  close(): void {
    this.#counts.close();
  }

  #put(views: readonly View[]): void {
    this.#saved = views.toSorted((one, other) => one.name.localeCompare(other.name));
  }

  #take(): void {
    const all = this.#counts.all.value;
    for (const name of [...this.#known.keys()]) if (!all.has(name)) this.#known.delete(name);
    for (const [name, count] of all) if (this.#known.get(name) !== count) this.#known.set(name, count);
  }
}
