import type { FeedEvent } from '#contract/events';
import type { TicketList } from '#contract/queries';
import type { TicketRow } from '#contract/ticket';

import type { ListTicketsParams } from '../api/tickets.js';
import type { Change } from './change.js';
import { systemClock, type Clock } from './clock.js';
import { filterOf, matches, type TicketFilter } from './filter.js';
import { Signal, type Readable } from './signal.js';

export interface Count {
  readonly number: number;
  /** False: at least so many. */
  readonly isExact: boolean;
}

export interface CountParts {
  /** Reads a list of one row. */
  read(params: ListTicketsParams): Promise<TicketList>;
  /** As the sync client tells of changes; returns how to stop. */
  onChange(listener: (change: Change) => void): () => void;
  /** Up to which event the feed is in. */
  position(): { readonly id: number } | undefined;
  readonly me: string | undefined;
  readonly clock?: Clock;
}

/** What an answer under way may have missed, or may have come before. */
const EVENTS_MOST = 1_000;
/** How often one count is asked for again at most, where only the server knows. */
const AGAIN_MS = 15_000;

interface Counted {
  readonly params: ListTicketsParams;
  readonly filter: TicketFilter;
  /** Up to which event the number is true; undefined: it is not known. */
  asOf: number | undefined;
  count: Count | undefined;
  askedAt: number;
}

/**
 * How many tickets several queries find: each is asked for once, one after the other, and followed from
 * the feed. See SPEC.md, section M.
 */
export class LiveCounts {
  readonly #parts: CountParts;
  readonly #clock: Clock;
  readonly #counted = new Map<string, Counted>();
  readonly #all = new Signal<ReadonlyMap<string, Count>>(new Map());
  readonly #stop: () => void;
  #events: FeedEvent[] = [];
  /** Events above it are remembered. */
  #floor: number | undefined;
  #isAsking = false;
  #cancelAgain: (() => void) | undefined;

  constructor(parts: CountParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? systemClock;
    this.#floor = parts.position()?.id;
    this.#stop = parts.onChange((change) => this.#changed(change));
  }

  /** By the name of the query; one that is missing is not known yet. */
  get all(): Readable<ReadonlyMap<string, Count>> {
    return this.#all;
  }

  /** Says which queries are to be counted, by name; those of before that are the same go on. */
  follow(queries: Readonly<Record<string, ListTicketsParams>>): void {
    for (const name of [...this.#counted.keys()]) if (!(name in queries)) this.#counted.delete(name);
    for (const [name, params] of Object.entries(queries)) {
      if (JSON.stringify(this.#counted.get(name)?.params) === JSON.stringify(params)) continue;
      const filter = filterOf(params, this.#parts.me);
      this.#counted.set(name, {
        params,
        filter,
        asOf: undefined,
        count: undefined,
        askedAt: Number.NEGATIVE_INFINITY,
      });
    }
    this.#tell();
    void this.#askAll();
  }

  close(): void {
    this.#stop();
    this.#cancelAgain?.();
    this.#counted.clear();
  }

  #changed({ events, moored }: Change): void {
    if (moored) {
      this.#events = [];
      this.#floor = this.#parts.position()?.id;
      for (const counted of this.#counted.values()) {
        counted.asOf = undefined;
        counted.askedAt = Number.NEGATIVE_INFINITY;
      }
    }
    if (events.length > 0) {
      this.#events.push(...events);
      const surplus = this.#events.length - EVENTS_MOST;
      if (surplus > 0) this.#floor = this.#events.splice(0, surplus).at(-1)!.id;
      for (const counted of this.#counted.values()) this.#apply(counted, events);
      this.#tell();
    }
    void this.#askAll();
  }

  #apply(counted: Counted, events: readonly FeedEvent[]): void {
    for (const event of events) {
      if (counted.asOf === undefined || event.id <= counted.asOf) continue;
      const step = stepOf(event, counted.filter);
      if (step === undefined) counted.asOf = undefined;
      else if (counted.count) {
        counted.asOf = event.id;
        if (step !== 0)
          counted.count = { ...counted.count, number: Math.max(0, counted.count.number + step) };
      }
    }
  }

  async #askAll(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      for (let next = this.#due(); next; next = this.#due()) await this.#ask(next);
    } catch {
      // Without an answer the numbers of before stay; the next round asks again.
    } finally {
      this.#isAsking = false;
    }
    this.#askAgain();
  }

  #due(): Counted | undefined {
    const now = this.#clock.now();
    return [...this.#counted.values()].find(
      ({ asOf, askedAt }) => asOf === undefined && now - askedAt >= AGAIN_MS,
    );
  }

  #askAgain(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = undefined;
    const open = [...this.#counted.values()].filter(({ asOf }) => asOf === undefined);
    if (open.length === 0) return;
    const due = Math.min(...open.map(({ askedAt }) => askedAt)) + AGAIN_MS;
    this.#cancelAgain = this.#clock.after(Math.max(0, due - this.#clock.now()), () => void this.#askAll());
  }

  async #ask(counted: Counted): Promise<void> {
    counted.askedAt = this.#clock.now();
    const { page: _page, cursor: _cursor, ...params } = counted.params;
    const { count, count_exact: isExact, as_of: asOf } = await this.#parts.read({ ...params, page_size: 1 });
    counted.count = { number: count, isExact };
    // An answer older than what is remembered has missed something that nobody can say any more.
    const isKnown = this.#floor === undefined || asOf.id >= this.#floor;
    counted.asOf = isKnown ? asOf.id : undefined;
    this.#apply(counted, this.#events);
    this.#tell();
  }

  #tell(): void {
    const known = [...this.#counted].flatMap(([name, { count }]) => (count ? [[name, count] as const] : []));
    const before = this.#all.value;
    const isSame = known.length === before.size && known.every(([name, count]) => before.get(name) === count);
    if (!isSame) this.#all.set(new Map(known));
  }
}

/** How many more an event makes of those that the filter finds; undefined: only the server knows. */
function stepOf(event: FeedEvent, filter: TicketFilter): number | undefined {
  const { type, ticket, changes, changed } = event;
  if (type === 'ticket.deleted') return undefined;
  if (ticket === undefined || (type !== 'ticket.created' && type !== 'ticket.updated')) return 0;
  const after = matches(ticket, filter);
  const before = type === 'ticket.created' ? 'no' : matches(rowBefore(ticket, changes), filter);
  const isText = changed.includes('title') || changed.includes('description');
  if (after === 'unknown' || before === 'unknown') return before === after && !isText ? 0 : undefined;
  return Number(after === 'yes') - Number(before === 'yes');
}

/** Events name an assignee by id. */
function rowBefore(row: TicketRow, changes: FeedEvent['changes']): TicketRow {
  const before = Object.entries(changes).map(([field, [value]]) => [
    field,
    field === 'assignee' && typeof value === 'string' ? { id: value, name: value } : value,
  ]);
  return { ...row, ...Object.fromEntries(before) };
}
