import type { Cursor } from '#contract/cursor';
import type { Channel } from '#contract/socket';
import type { Stats } from '#contract/stats';
import type { Ticket } from '#contract/ticket';

import type { ListTicketsParams } from '../api/tickets.js';
import type { Change } from './change.js';
import { systemClock, type Clock } from './clock.js';
import type { Phase } from './connection.js';
import { Feed } from './feed.js';
import { LiveList, type ListCommands } from './live-list.js';
import { LiveTicket, type TicketCommands } from './live-ticket.js';
import { newOpId } from './op-id.js';
import type { TicketChanges, TicketView } from './pending-changes.js';
import { nobody, withPresence, type Presence } from './presence-map.js';
import { Reader, type Source } from './reader.js';
import { Signal, type Readable } from './signal.js';
import { StatsTracker } from './stats-tracker.js';
import { TicketStore } from './ticket-store.js';
import type { Transport } from './transport.js';
import { Writer, type WriteCommands } from './writer.js';

/** What the connection pill shows. */
export interface SyncStatus {
  readonly phase: Phase;
  /** The feed is open, but no beat has come for more than 10 s: what is shown may be old. */
  readonly stale: boolean;
  /** From commit to this screen, milliseconds, of the last message; null before the first. */
  readonly latencyMs: number | null;
  /** When the last beat came, milliseconds since 1970. */
  readonly lastBeatAt: number | null;
  /** Changes made here that have no answer yet. */
  readonly unanswered: number;
  /** Of those, the ones that a failed network holds up. */
  readonly waiting: number;
  /** Why the server ended the session, for people; null unless the phase is `ended`. */
  readonly endReason: string | null;
}

/** Of `lib/api`; a test brings its own. */
export type SyncCommands = WriteCommands & ListCommands & TicketCommands;

export interface SyncOptions {
  readonly transport: Transport;
  readonly commands: SyncCommands;
  readonly channel?: Channel;
  /** The id of the person signed in, for lists with `assignee: 'me'`. */
  readonly me?: string;
  /** How many tickets are remembered beyond those in use. */
  readonly mostTickets?: number;
  readonly clock?: Clock;
  readonly newOpId?: () => string;
}

const MOST_TICKETS = 10_000;

/**
 * The live copy of the desk that a screen shows: tickets and figures that follow the log, changes shown at
 * once, the state of the connection. SPEC.md says how it behaves.
 */
export class SyncClient {
  readonly #options: SyncOptions;
  readonly #store: TicketStore;
  readonly #figures = new StatsTracker();
  readonly #lists = new Set<LiveList>();
  readonly #tickets = new Set<LiveTicket>();
  readonly #reader: Reader;
  readonly #writer: Writer;
  readonly #feed: Feed;
  readonly #status: Signal<SyncStatus>;
  readonly #stats = new Signal<Stats | undefined>(undefined);
  readonly #presence = new Signal<Presence>(nobody);

  constructor(options: SyncOptions) {
    const { commands, clock = systemClock, mostTickets = MOST_TICKETS } = options;
    this.#options = options;
    const store = new TicketStore(mostTickets, (id) => this.#isInUse(id));
    this.#store = store;
    this.#reader = new Reader(store, clock, {
      positioned: () => this.#feed.positioned(),
      suspect: () => this.#feed.suspect(),
    });
    this.#writer = new Writer(
      { store, reader: this.#reader, commands, clock, newOpId: options.newOpId ?? newOpId },
      () => this.#showStatus(),
    );
    this.#feed = this.#makeFeed(clock);
    this.#status = new Signal(this.#statusNow());
    store.changes.listen((change) => {
      for (const list of [...this.#lists]) list.changed(change);
      for (const ticket of [...this.#tickets]) ticket.changed(change);
    });
  }

  get status(): Readable<SyncStatus> {
    return this.#status;
  }

  /** The desk's figures, at the position `as_of`; undefined before the first ones. */
  get stats(): Readable<Stats | undefined> {
    return this.#stats;
  }

  /** Who is at which ticket. */
  get presence(): Readable<Presence> {
    return this.#presence;
  }

  /** The position in the log up to which every change is in; undefined before the first and after a reset. */
  get position(): Cursor | undefined {
    return this.#store.replica.cursor;
  }

  /** Connects, and stays connected until `stop`. After `ended` it may be started again. */
  start(): void {
    this.#feed.start();
  }

  /** Leaves the server. Changes without an answer are still sent until they have one. */
  stop(): void {
    this.#feed.stop();
  }

  /** A ticket as it is shown; the same object until it changes. Undefined: not known here, or deleted. */
  view(id: number): TicketView | undefined {
    return this.#store.view(id);
  }

  /** All tickets known here, in no order. */
  ids(): Iterable<number> {
    return this.#store.ids();
  }

  /**
   * Called once for each envelope, answer or act that changes what is shown, after lists and tickets
   * have taken it in; returns how to stop.
   */
  onChange(listener: (change: Change) => void): () => void {
    return this.#store.changes.listen(listener);
  }

  /** A list that stays current, until its `close`. */
  list(params: ListTicketsParams): LiveList {
    const { commands, me } = this.#options;
    const closed = (list: LiveList) => this.#lists.delete(list);
    const list = new LiveList({ reader: this.#reader, store: this.#store, commands, me, closed }, params);
    this.#lists.add(list);
    return list;
  }

  /** A ticket with its description that stays current, until its `close`. */
  ticket(id: number): LiveTicket {
    const { commands } = this.#options;
    const closed = (ticket: LiveTicket) => this.#tickets.delete(ticket);
    const ticket = new LiveTicket({ reader: this.#reader, store: this.#store, commands, closed }, id);
    this.#tickets.add(ticket);
    return ticket;
  }

  /** Reads something else that holds tickets, once, and merges them. Throws what `source.fetch` throws. */
  read<Answer>(source: Source<Answer>, signal?: AbortSignal): Promise<Answer> {
    return this.#reader.read(source, signal ? { signal } : {});
  }

  /**
   * Changes a ticket: shown at once, sent until it is answered.
   *
   * @returns the ticket as answered
   * @throws ProblemError when the server refuses; what is shown is taken back then
   */
  patch(id: number, changes: TicketChanges): Promise<Ticket> {
    return this.#writer.patch(id, changes);
  }

  /** Deletes a ticket in the same way. */
  delete(id: number): Promise<void> {
    return this.#writer.delete(id);
  }

  #isInUse(id: number): boolean {
    return (
      [...this.#tickets].some((ticket) => ticket.id === id) || [...this.#lists].some((list) => list.holds(id))
    );
  }

  #makeFeed(clock: Clock): Feed {
    const { transport, channel = 'board' } = this.#options;
    const parts = { transport, clock, channel, store: this.#store, stats: this.#figures };
    return new Feed(parts, {
      status: () => this.#showStatus(),
      stats: () => this.#stats.set(this.#figures.value),
      presence: (message) => this.#presence.set(withPresence(this.#presence.value, message)),
      opened: () => {
        this.#presence.set(nobody);
        this.#writer.wake();
      },
      adrift: (delayMs) => {
        for (const list of [...this.#lists]) list.reread(delayMs);
      },
      awaitsPosition: () => this.#reader.awaitsPosition,
    });
  }

  #showStatus(): void {
    const status = this.#statusNow();
    const keys = Object.keys(status) as (keyof SyncStatus)[];
    if (keys.some((key) => status[key] !== this.#status.value[key])) this.#status.set(status);
  }

  #statusNow(): SyncStatus {
    const { phase, endReason } = this.#feed;
    const { isStale: stale, latencyMs, lastBeatAt } = this.#feed.health;
    const { unanswered, waiting } = this.#writer;
    return { phase, stale, latencyMs, lastBeatAt, unanswered, waiting, endReason };
  }
}
