import type { ListTicketsParams } from '../api/tickets.js';
import { systemClock, type Clock } from './clock.js';
import type { LiveList } from './live-list.js';
import type { ListState } from './list-state.js';
import type { TicketView } from './pending-changes.js';
import { Signal, type Readable } from './signal.js';

/** Rows of a page. */
export const LONG_PAGE = 50;
/** The head is read page after page up to here; what is further down is read where it is looked at. */
const HEAD_MOST = 1_000;
/** So many rows are read before they come into sight. */
const AHEAD = 100;
const BESIDE = 25;
/** Pages far down that are kept once they are out of sight. */
const PAGES_MOST = 8;
/** A scrollbar that is dragged passes by what nobody looks at. */
const REST_MS = 90;

/** What a screen sees of a long list. */
export interface LongState {
  /** Of the head: phase, problem, arrivals, count. */
  readonly head: ListState;
  /** How many rows the list has, as far as is known; of a count that is not exact, what can be reached. */
  readonly length: number;
  /** How many rows of the head are there, without a gap from the first one on. */
  readonly headLength: number;
  /** Shown, but do not belong to the list any more. */
  readonly departed: ReadonlySet<number>;
  /** Why rows in sight could not be read yet. */
  readonly problem: unknown;
}

/**
 * A list of any length, of which only what is looked at is read: a head that grows by cursor, and below it
 * pages by number, wherever somebody jumps to. See SPEC.md, section M.
 */
export class LongList {
  readonly #open: (params: ListTicketsParams) => LiveList;
  readonly #params: ListTicketsParams;
  readonly #clock: Clock;
  readonly #head: LiveList;
  readonly #pages = new Map<number, { list: LiveList; stop: () => void }>();
  readonly #state: Signal<LongState>;
  #far = new Map<number, number>();
  #positions = new Map<number, number>();
  #from = 0;
  #to = 0;
  #cancelRest: (() => void) | undefined;
  #stopHead: () => void;

  /** @param open makes a live list; @param params without page and cursor */
  constructor(
    open: (params: ListTicketsParams) => LiveList,
    params: ListTicketsParams,
    clock: Clock = systemClock,
  ) {
    this.#open = open;
    this.#params = { ...params, page_size: LONG_PAGE };
    this.#clock = clock;
    this.#head = open(this.#params);
    this.#state = new Signal(this.#compute());
    this.#stopHead = this.#head.state.subscribe(() => this.#changed());
  }

  get state(): Readable<LongState> {
    return this.#state;
  }

  /** The ticket in a row, from 0; undefined: not read yet. */
  idAt(position: number): number | undefined {
    return this.#head.state.value.ids[position] ?? this.#far.get(position);
  }

  /** Where a ticket stands; undefined: it is not shown. */
  positionOf(id: number): number | undefined {
    return this.#positions.get(id);
  }

  /** A shown ticket; of one that has left, how it last was. */
  get(id: number): TicketView | undefined {
    for (const list of this.#lists()) {
      const view = list.get(id);
      if (view) return view;
    }
    return undefined;
  }

  /** All tickets that are shown, in order. */
  loaded(): readonly number[] {
    const far = [...this.#far].sort(([one], [other]) => one - other).map(([, id]) => id);
    return [...this.#head.state.value.ids, ...far];
  }

  /** Says which rows are in sight, `to` left out; what is missing there is read. */
  look(from: number, to: number): void {
    this.#from = from;
    this.#to = to;
    this.#readOn();
    this.#cancelRest?.();
    this.#cancelRest = this.#clock.after(REST_MS, () => this.#rest());
  }

  /** Shows what is current, from what is known. */
  adopt(): void {
    for (const list of this.#lists()) list.adopt();
  }

  /** Reads again. @param adopt whether to show the answer at once: then only the head stays */
  async refresh(adopt = true): Promise<void> {
    if (adopt) for (const page of [...this.#pages.keys()]) this.#drop(page);
    await this.#head.refresh(adopt);
  }

  close(): void {
    this.#cancelRest?.();
    this.#stopHead();
    for (const page of [...this.#pages.keys()]) this.#drop(page);
    this.#head.close();
  }

  *#lists(): Iterable<LiveList> {
    yield this.#head;
    for (const { list } of this.#pages.values()) yield list;
  }

  /** The head goes on when its end comes near. */
  #readOn(): void {
    const { ids, hasMore, reading, phase } = this.#head.state.value;
    if (this.#to === 0 || phase !== 'ready' || reading || !hasMore || ids.length >= HEAD_MOST) return;
    if (this.#to + AHEAD > ids.length && this.#from < ids.length + AHEAD) void this.#head.more();
  }

  /** The eyes have come to rest: pages are read there, and those elsewhere are let go. */
  #rest(): void {
    this.#cancelRest = undefined;
    const { headLength, length, head } = this.#state.value;
    const isNear = headLength < HEAD_MOST && this.#from < headLength + AHEAD;
    if (head.phase !== 'ready' || !head.hasMore || (isNear && this.#pages.size === 0)) return;
    const first = Math.max(headLength, this.#from - BESIDE);
    const last = Math.min(length, this.#to + BESIDE);
    const wanted = new Set<number>();
    if (!isNear) for (let at = pageOf(first); at <= pageOf(last - 1); at += 1) wanted.add(at);
    for (const page of wanted) if (!this.#pages.has(page)) this.#read(page);
    const spare = [...this.#pages.keys()].filter((page) => !wanted.has(page));
    const middle = pageOf((this.#from + this.#to) / 2);
    spare.sort((one, other) => Math.abs(other - middle) - Math.abs(one - middle));
    const tooMany = Math.max(0, this.#pages.size - PAGES_MOST);
    for (const [index, page] of spare.entries()) {
      const isRead = this.#pages.get(page)?.list.state.value.phase === 'ready';
      if (index < tooMany || !isRead) this.#drop(page);
    }
    this.#changed();
  }

  #read(page: number): void {
    const list = this.#open({ ...this.#params, page });
    this.#pages.set(page, { list, stop: list.state.subscribe(() => this.#changed()) });
  }

  #drop(page: number): void {
    const held = this.#pages.get(page);
    this.#pages.delete(page);
    held?.stop();
    held?.list.close();
  }

  #changed(): void {
    this.#state.set(this.#compute());
    this.#readOn();
  }

  /** Puts the pages below the head, each ticket once: a later page repeats what has moved down meanwhile. */
  #compute(): LongState {
    const head = this.#head.state.value;
    const departed = new Set(head.departed);
    this.#far = new Map();
    this.#positions = new Map(head.ids.map((id, position) => [id, position]));
    let length = head.hasMore || head.phase !== 'ready' ? head.count : head.ids.length;
    let { problem } = head;
    let at = head.ids.length;
    let before = pageOf(at - 1);
    let isEnd = false;
    for (const [page, { list }] of [...this.#pages].sort(([one], [other]) => one - other)) {
      const state = list.state.value;
      problem ??= state.problem;
      if (state.phase !== 'ready') continue;
      if (page > before + 1) at = Math.max(at, (page - 1) * LONG_PAGE);
      before = page;
      for (const id of state.ids) {
        if (this.#positions.has(id)) continue;
        this.#far.set(at, id);
        this.#positions.set(id, at);
        at += 1;
      }
      for (const id of state.departed) departed.add(id);
      length = state.count;
      isEnd = state.next === null && state.ids.length > 0;
    }
    if (isEnd) length = at;
    // There is always a way on to what is not counted.
    else if (head.hasMore) length = Math.max(length, at + (head.countExact ? 0 : LONG_PAGE));
    return { head, length, headLength: head.ids.length, departed, problem };
  }
}

/** The number, from 1, of the page that holds a row. */
const pageOf = (position: number): number => Math.floor(position / LONG_PAGE) + 1;
