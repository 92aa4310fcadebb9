import { SvelteMap } from 'svelte/reactivity';

import { ProblemError } from '../api/errors.js';
import { LONG_PAGE, LongList, type LongState } from '../sync/live-list-long.js';
import type { TicketView } from '../sync/pending-changes.js';
import type { SyncClient } from '../sync/sync-client.js';
import { listParams, writeQueueParams, type QueueParams } from './queue-params.js';
import { QueueProbe } from './queue-probe.js';
import type { QueueLook } from './queue.svelte.js';

/**
 * The queue on the screen, however long it is: one long list after another as the address changes. The rows of
 * the one before stay, marked `isOutdated`, until the next one has answered, so that nothing jumps.
 */
export class QueueList {
  /** How far it is scrolled down, in rows, for the way back. */
  scrolledTo = 0;
  readonly #client: SyncClient;
  readonly #rows = new SvelteMap<number, TicketView>();
  readonly #probe = new QueueProbe();
  /** The one asked for, and the one that is shown. */
  #list: LongList | undefined;
  #shown: LongList | undefined;
  #state = $state.raw<LongState>();
  #asked = $state.raw<LongState>();
  #outdated = $state(true);
  #query = '';
  #fresh: readonly number[] = [];
  /** Rises when the eyes are to begin at the top. */
  #tops = $state(0);

  constructor(client: SyncClient) {
    this.#client = client;
  }

  get look(): QueueLook {
    const { problem } = this;
    if (this.length > 0) return 'rows';
    if (!this.#outdated) return 'empty';
    if (problem === undefined) return 'loading';
    return problem instanceof ProblemError && problem.status === 400 ? 'refused' : 'failed';
  }

  /** Why there is no answer yet. */
  get problem(): unknown {
    return this.#asked?.problem;
  }

  /** How many rows there are, read or not. */
  get length(): number {
    return this.#state?.length ?? 0;
  }

  /** The rows shown are those of the query before. */
  get isOutdated(): boolean {
    return this.#outdated;
  }

  /** Rows are shown, but the last read has failed. */
  get isStuck(): boolean {
    return this.length > 0 && this.problem !== undefined;
  }

  /** How many tickets the server counted for this query; undefined until it has. */
  get count(): { number: number; isExact: boolean } | undefined {
    const { head } = this.#state ?? {};
    if (head === undefined || this.#outdated) return undefined;
    return { number: head.hasMore ? head.count : head.ids.length, isExact: head.countExact || !head.hasMore };
  }

  /** How many belong to the list, but are not shown. */
  get arrivals(): number {
    return this.#outdated ? 0 : (this.#state?.head.arrivals.length ?? 0);
  }

  /** How many are shown, but no longer belong to the list. */
  get departures(): number {
    return this.#outdated ? 0 : (this.#state?.departed.size ?? 0);
  }

  /** What is shown would stand in another order now. */
  get isReordered(): boolean {
    const { head } = this.#state ?? {};
    if (head === undefined || this.#outdated || this.arrivals + this.departures > 0) return false;
    return head.current.some((id, at) => id !== head.ids[at]);
  }

  /** Rises with each new beginning, at the first row. */
  get tops(): number {
    return this.#tops;
  }

  /** The ticket in a row, from 0; undefined: not read yet. */
  idAt(position: number): number | undefined {
    return this.#state && this.#shown?.idAt(position);
  }

  /** The row of a ticket; undefined: it is not shown. */
  positionOf(id: number): number | undefined {
    return this.#state && this.#shown?.positionOf(id);
  }

  row(id: number): TicketView | undefined {
    return this.#rows.get(id);
  }

  /** All tickets that are shown, in order. */
  loaded(): readonly number[] {
    return (this.#state && this.#shown?.loaded()) ?? [];
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

  /** Says which rows are in sight, `to` left out. */
  lookAt(from: number, to: number): void {
    if (!this.#outdated) this.#list?.look(from, to);
  }

  /** Follows another query; returns how to stop. */
  show(params: QueueParams): () => void {
    this.#outdated = true;
    this.#fresh = [];
    const query = writeQueueParams(params);
    const isSame = query === this.#query;
    this.#query = query;
    const list = new LongList(
      (asked) => this.#client.list(asked),
      listParams({ ...params, cursor: undefined }),
    );
    this.#list = list;
    const take = () => this.#take(list, list.state.value, isSame);
    const stops = [
      list.state.subscribe(take),
      this.#client.onChange(({ ids }) => {
        for (const id of ids) if (this.#rows.has(id)) this.#put(id);
      }),
    ];
    // Shown until the answer comes, but how they are now, not how they were when the page was left.
    for (const id of this.#rows.keys()) this.#put(id);
    take();
    return () => {
      this.#probe.stop();
      for (const stop of stops) stop();
      list.close();
    };
  }

  /** Shows what has gathered, and lets go what no longer belongs. */
  bringUpToDate(): void {
    const list = this.#list;
    if (list === undefined || this.#state === undefined || this.#outdated) return;
    const before = list.loaded();
    const { current, arrivals } = this.#state.head;
    if (arrivals.length === 0) return list.adopt();
    // At once from what is known, then the server's count; a list that has grown long is cut by that read.
    if (current.length <= 2 * LONG_PAGE) list.adopt();
    void list.refresh().then(() => {
      this.#fresh = list.loaded().filter((id) => !before.includes(id));
    });
    this.#fresh = arrivals;
    this.#beginAnew();
  }

  /** Asks again after a failure. */
  retry(): void {
    void this.#list?.refresh();
  }

  /** @param isSame the query is that of before: one comes back to where one was */
  #take(list: LongList, state: LongState, isSame: boolean): void {
    const { head } = state;
    this.#asked = state;
    if (head.phase === 'failed' && this.#outdated) this.#clear();
    if (head.phase !== 'ready') return;
    // Nothing is under the pointer: what comes can be shown at once.
    if (head.ids.length === 0 && head.current.length > 0) return list.adopt();
    const isOther = this.#shown !== list;
    this.#shown = list;
    this.#state = state;
    for (const id of [...this.#rows.keys()]) if (list.positionOf(id) === undefined) this.#rows.delete(id);
    for (const id of list.loaded()) this.#put(id);
    this.#outdated = false;
    if (isOther && !isSame) this.#beginAnew();
    if (head.uncertain && !head.reading) this.#probe.askSoon(() => void list.refresh(false));
  }

  #beginAnew(): void {
    this.#tops += 1;
    this.scrolledTo = 0;
  }

  #clear(): void {
    this.#shown = undefined;
    this.#state = undefined;
    this.#rows.clear();
  }

  #put(id: number): void {
    const view = this.#shown?.get(id);
    if (view !== undefined && view !== this.#rows.get(id)) this.#rows.set(id, view);
  }
}
