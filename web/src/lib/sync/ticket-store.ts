import type { Cursor } from '#contract/cursor';
import type { FeedEnvelope } from '#contract/socket';

import { Changes } from './change.js';
import type { Entry } from './entry.js';
import { KeptEvents } from './kept-events.js';
import { PendingChanges, type PendingChange, type TicketView } from './pending-changes.js';
import { Replica } from './replica.js';

/**
 * The tickets as they are shown: the confirmed ones, over them the pending changes, and whoever wants to
 * know what changed. Everything that changes a ticket comes through here, and is told once.
 */
export class TicketStore {
  readonly replica = new Replica();
  readonly kept = new KeptEvents();
  readonly pending = new PendingChanges();
  readonly changes = new Changes();
  readonly #most: number;
  readonly #inUse: (id: number) => boolean;

  /** @param most how many tickets are remembered, those in use apart */
  constructor(most: number, inUse: (id: number) => boolean) {
    this.#most = most;
    this.#inUse = inUse;
  }

  /** A ticket as it is shown; undefined: not known here, or deleted. */
  view(id: number): TicketView | undefined {
    return this.pending.view(this.replica.get(id));
  }

  ids(): Iterable<number> {
    return this.replica.ids();
  }

  /** Takes in an envelope that the replica judged `apply`. */
  apply(envelope: FeedEnvelope): void {
    this.kept.append(envelope.events);
    const ids = this.replica.apply(envelope);
    this.#settle(ids);
    this.changes.tell({ ids, events: envelope.events, moored: false });
    // A list being read knows only when its answer is there which tickets it wants.
    if (this.kept.isIdle) this.replica.trim(this.#most, (id) => this.pending.has(id) || this.#inUse(id));
  }

  /** Takes in what was read and brought up to date. */
  merge(entries: Iterable<Entry>): void {
    const ids = this.replica.merge(entries);
    this.#settle(ids);
    this.changes.tell({ ids, events: [], moored: false });
  }

  /** Starts anew at a position, with what was read there. */
  moor(cursor: Cursor, entries: Iterable<Entry>): void {
    if (cursor.epoch !== this.replica.epoch) this.pending.dropAnswered();
    this.kept.restart(cursor.id);
    const ids = this.replica.moor(cursor, entries);
    this.#settle(this.pending.ids());
    this.changes.tell({ ids, events: [], moored: true });
  }

  /** Shows a change before it is confirmed. */
  show(change: PendingChange): void {
    this.pending.add(change);
    this.#tellOf(change.ticketId);
  }

  /** The server has carried the change out, as `version`; it stays over the ticket until that is there. */
  confirm(change: PendingChange, version: number): void {
    this.pending.answer(change, version);
    this.#settle([change.ticketId]);
    this.#tellOf(change.ticketId);
  }

  /** Shows a change no more. */
  takeBack(change: PendingChange): void {
    this.pending.drop(change);
    this.#tellOf(change.ticketId);
  }

  #settle(ids: Iterable<number>): void {
    for (const id of ids) this.pending.settle(id, this.replica.get(id));
  }

  #tellOf(id: number): void {
    this.changes.tell({ ids: new Set([id]), events: [], moored: false });
  }
}
