import type { FeedEvent } from '#contract/events';
import type { Ordering, TicketList } from '#contract/queries';

import type { ListTicketsParams } from '../api/tickets.js';
import type { Change } from './change.js';
import { filterOf, orderedBy } from './filter.js';
import { ListWindow } from './list-window.js';
import type { TicketView } from './pending-changes.js';
import { LOADING, type ListState } from './list-state.js';
import type { Reader } from './reader.js';
import { Signal, type Readable } from './signal.js';
import type { TicketStore } from './ticket-store.js';

export type { ListState };

export interface ListCommands {
  listTickets(params: ListTicketsParams, signal?: AbortSignal): Promise<TicketList>;
  followList(link: string, signal?: AbortSignal): Promise<TicketList>;
}

export interface ListParts {
  readonly reader: Reader;
  readonly commands: ListCommands;
  readonly me: string | undefined;
  readonly store: TicketStore;
  /** Called once, by `close`. */
  closed(list: LiveList): void;
}

const PAGE_MOST = 100;

/**
 * A query of the tickets, read once and kept current by the feed. What is shown stands still until the
 * screen adopts what is current: the policy is the screen's. See SPEC.md, section L.
 */
export class LiveList {
  readonly #parts: ListParts;
  readonly #params: ListTicketsParams;
  readonly #ordering: Ordering;
  readonly #state = new Signal<ListState>(LOADING);
  #window: ListWindow | undefined;
  #next: string | null = null;
  readonly #rowOf = (id: number) => this.#parts.store.view(id)?.row;
  #abort = new AbortController();
  /** How each shown ticket last was, so that one that has left can fade. */
  #last = new Map<number, TicketView>();

  constructor(parts: ListParts, params: ListTicketsParams) {
    this.#parts = parts;
    this.#params = params;
    this.#ordering = params.ordering ?? '-created_at';
    void this.#read(0, true);
  }

  get state(): Readable<ListState> {
    return this.#state;
  }

  /** A shown ticket; of one that has left, how it last was. */
  get(id: number): TicketView | undefined {
    return this.#parts.store.view(id) ?? this.#last.get(id);
  }

  holds(id: number): boolean {
    return this.#last.has(id) || (this.#window?.ids.includes(id) ?? false);
  }

  /** Shows what is current. */
  adopt(): void {
    const ids = this.#window?.ids ?? [];
    this.#last.clear();
    this.#show({ ids });
  }

  /** Reads again from the server. @param adopt whether to show the answer, rather than as arrivals */
  refresh(adopt = true): Promise<void> {
    return this.#read(0, adopt);
  }

  /** Reads the next page and shows it below, if there is one. */
  async more(): Promise<void> {
    const link = this.#next;
    if (link === null || this.#state.value.reading) return;
    await this.#ask(
      (signal) => this.#parts.commands.followList(link, signal),
      0,
      (page) => {
        this.#window?.extend(page);
        this.#next = page.next;
        this.#placeAll();
        const { ids } = this.#state.value;
        const shown = new Set(ids);
        const read = new Set(page.results.map(({ id }) => id));
        const added = (this.#window?.ids ?? []).filter((id) => read.has(id) && !shown.has(id));
        return { ids: [...ids, ...added] };
      },
    );
  }

  close(): void {
    this.#abort.abort();
    this.#parts.closed(this);
  }

  /** The replica's position is lost: all must be read again, in `delayMs`. */
  reread(delayMs: number): void {
    const { length } = this.#state.value.ids;
    // What one answer cannot hold is unknown now, and must not be taken for gone.
    void this.#read(delayMs, length === 0 || length > this.#widest, true);
  }

  /** Takes in a change of the tickets. */
  changed({ ids, events }: Change): void {
    const window = this.#window;
    if (window === undefined) return;
    const touched = new Set<number>();
    for (const event of events) {
      if (event.ticket_id === null) continue;
      if (changesText(event)) window.doubt(event.ticket_id);
      if (this.#concerns(event)) touched.add(event.ticket_id);
    }
    const before = window.ids;
    const undecided = window.place(ids, this.#rowOf);
    const doubtful = undecided.some((id) => touched.has(id)) && !this.#state.value.uncertain;
    // Of the many changes of a busy desk most are not about this list.
    if (window.ids === before && !doubtful && !anyOf(ids, this.#last)) return;
    this.#show(doubtful ? { uncertain: true } : {});
  }

  /** @param anew what was read before proves nothing */
  #read(delayMs: number, adopt: boolean, anew = false): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const params = this.#widened();
    return this.#ask(
      (signal) => this.#parts.commands.listTickets(params, signal),
      delayMs,
      (page) => {
        const window = new ListWindow(filterOf(this.#params, this.#parts.me), this.#ordering, page);
        const before = adopt || anew ? undefined : this.#window;
        if (before && page.next !== null && page.results.length < before.ids.length) {
          window.reachAs(before, this.#rowOf);
        } else this.#next = page.next;
        this.#window = window;
        this.#placeAll();
        if (adopt) this.#last.clear();
        const { count, count_exact: countExact, previous } = page;
        return { count, countExact, previous, uncertain: false, ...(adopt ? { ids: this.#window.ids } : {}) };
      },
    );
  }

  async #ask(
    fetch: (signal: AbortSignal | undefined) => Promise<TicketList>,
    delayMs: number,
    take: (page: TicketList) => Partial<ListState>,
  ): Promise<void> {
    const { signal } = this.#abort;
    this.#show({ reading: true });
    try {
      const source = {
        fetch,
        snapshot: ({ as_of: asOf, results: tickets }: TicketList) => ({ asOf, tickets }),
        givesPosition: true,
      };
      const onRetry = (problem: unknown) => this.#show({ problem });
      const page = await this.#parts.reader.read(source, { signal, delayMs, onRetry });
      if (signal.aborted) return;
      this.#show({ phase: 'ready', problem: undefined, reading: false, ...take(page) });
    } catch (problem) {
      if (signal.aborted) return;
      this.#show({ phase: 'failed', problem, reading: false });
    }
  }

  /** Whether the event can bring a ticket into the list that was not there, or the other way round. */
  #concerns({ type, changed }: FeedEvent): boolean {
    if (type === 'ticket.created') return true;
    const { category, priority, status, assignee } = this.#params;
    const facets = Object.keys({
      ...(category && { category }),
      ...(priority && { priority }),
      ...(status && { status }),
      ...(assignee && { assignee }),
    });
    const order = orderedBy(this.#ordering);
    return order === 'updated_at' || changed.some((field) => [...facets, ...TEXT, order].includes(field));
  }

  /** As many rows as are on the screen, so that reading again does not shorten it. */
  #widened(): ListTicketsParams {
    const shown = this.#window?.ids.length ?? 0;
    const { page_size: size = 25 } = this.#params;
    return shown <= size ? this.#params : { ...this.#params, page_size: Math.min(this.#widest, shown) };
  }

  /** How many rows one answer can hold. */
  get #widest(): number {
    const { page, cursor, page_size: size = 25 } = this.#params;
    return page !== undefined || cursor !== undefined ? size : Math.max(size, PAGE_MOST);
  }

  #placeAll(): void {
    this.#window?.place(new Set(this.#parts.store.ids()), this.#rowOf);
  }

  #show(part: Partial<ListState>): void {
    const state = { ...this.#state.value, ...part };
    const current = this.#window?.ids ?? [];
    const inside = new Set(current);
    const shown = new Set(state.ids);
    for (const id of state.ids) {
      const view = this.#parts.store.view(id);
      if (view) this.#last.set(id, view);
    }
    this.#state.set({
      ...state,
      current,
      arrivals: current.filter((id) => !shown.has(id)),
      departed: new Set(state.ids.filter((id) => !inside.has(id))),
      hasMore: this.#next !== null,
      next: this.#next,
    });
  }
}

const anyOf = (ids: ReadonlySet<number>, known: ReadonlyMap<number, unknown>): boolean =>
  [...ids].some((id) => known.has(id));

const TEXT = ['title', 'description'];

const changesText = ({ type, changed }: FeedEvent): boolean =>
  type === 'ticket.updated' && changed.some((field) => TEXT.includes(field));
