import { SvelteMap } from 'svelte/reactivity';

import { ProblemError } from '../api/errors.js';
import type { LiveList, ListState } from '../sync/live-list.js';
import type { TicketView } from '../sync/pending-changes.js';
import type { SyncClient } from '../sync/sync-client.js';
import { listParams, PAGE_SIZE, type QueueParams } from './queue-params.js';
import { QueueProbe } from './queue-probe.js';

/** `failed`: no answer yet; `refused`: the server does not take this query. */
export type QueueLook = 'loading' | 'rows' | 'empty' | 'failed' | 'refused';

/**
 * A list of tickets on the screen, page by page: one live list after another as the address changes. The rows
 * of the one before stay, marked `isOutdated`, until the next one has answered, so that nothing jumps.
 */
export class Queue {
  readonly #client: SyncClient;
  readonly #rows = new SvelteMap<number, TicketView>();
  #list: LiveList | undefined;
  #state = $state.raw<ListState>();
  #ids = $state.raw<readonly number[]>([]);
  #outdated = $state(true);
  #fresh: readonly number[] = [];
  readonly #probe = new QueueProbe();

  constructor(client: SyncClient) {
    this.#client = client;
  }

  /** Of the list asked for last; undefined before the first one. */
  get state(): ListState | undefined {
    return this.#state;
  }

  get look(): QueueLook {
    const problem = this.#state?.problem;
    if (this.#ids.length > 0) return 'rows';
    if (!this.#outdated) return 'empty';
    if (problem === undefined) return 'loading';
    return problem instanceof ProblemError && problem.status === 400 ? 'refused' : 'failed';
  }

  /** The rows in order. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** The rows shown are those of the query before. */
  get isOutdated(): boolean {
    return this.#outdated;
  }

  /** Rows are shown, but the last read has failed. */
  get isStuck(): boolean {
    return this.#ids.length > 0 && this.#state?.problem !== undefined;
  }

  /** How many tickets the server counted for this query; undefined until it has. */
  get count(): { number: number; isExact: boolean } | undefined {
    const { state } = this;
    if (state === undefined || this.#outdated) return undefined;
    return { number: state.count, isExact: state.countExact };
  }

  /** How many belong to the list, but are not shown. */
  get arrivals(): number {
    return this.#outdated ? 0 : (this.#state?.arrivals.length ?? 0);
  }

  /** How many are shown, but no longer belong to the list. */
  get departures(): number {
    return this.#outdated ? 0 : (this.#state?.departed.size ?? 0);
  }

  /** The order of these pages does not change. */
  readonly isReordered = false;

  row(id: number): TicketView | undefined {
    return this.#rows.get(id);
  }

  isDeparted(id: number): boolean {
    return !this.#outdated && (this.#state?.departed.has(id) ?? false);
  }

  isDeleted(id: number): boolean {
    return this.isDeparted(id) && this.#client.view(id) === undefined;
  }

  /** It came with the last update of the list. */
  isFresh(id: number): boolean {
    return this.#fresh.includes(id);
  }

  /** Follows another query; returns how to stop. */
  show(params: QueueParams): () => void {
    this.#outdated = true;
    this.#fresh = [];
    const list = this.#client.list(listParams(params));
    this.#list = list;
    const take = () => this.#take(list, list.state.value);
    const stops = [
      list.state.subscribe(take),
      this.#client.onChange(({ ids }) => {
        for (const id of ids) if (this.#rows.has(id)) this.#put(list, id);
      }),
    ];
    // Shown until the answer comes, but how they are now, not how they were when the page was left.
    for (const id of this.#ids) this.#put(list, id);
    take();
    return () => {
      this.#probe.stop();
      for (const stop of stops) stop();
      list.close();
    };
  }

  /** Shows what has gathered, and lets go what no longer belongs. */
  bringUpToDate(): void {
    if (this.#list === undefined || this.#state === undefined) return;
    // At once from what is known, then the server's count; a list that has grown long is cut by that read.
    if (this.#state.current.length <= 2 * PAGE_SIZE) this.#list.adopt();
    void this.#list.refresh();
  }

  /** Asks again after a failure. */
  retry(): void {
    void this.#list?.refresh();
  }

  #take(list: LiveList, state: ListState): void {
    this.#state = state;
    if (state.phase === 'failed' && this.#outdated) this.#ids = [];
    if (state.phase !== 'ready') return;
    // Nothing is under the pointer: what comes can be shown at once.
    if (state.ids.length === 0 && state.current.length > 0) return list.adopt();
    if (state.ids !== this.#ids) this.#replace(list, state.ids);
    this.#outdated = false;
    if (state.uncertain && !state.reading) this.#probe.askSoon(() => void list.refresh(false));
  }

  #replace(list: LiveList, ids: readonly number[]): void {
    if (!this.#outdated) this.#fresh = ids.filter((id) => !this.#rows.has(id));
    for (const id of [...this.#rows.keys()]) if (!ids.includes(id)) this.#rows.delete(id);
    for (const id of ids) this.#put(list, id);
    this.#ids = ids;
  }

  #put(list: LiveList, id: number): void {
    const view = list.get(id);
    if (view !== undefined && view !== this.#rows.get(id)) this.#rows.set(id, view);
  }
}
