import type { Comment } from '#contract/comments';
import type { PersonRef, Ticket } from '#contract/ticket';

import { ProblemError } from '../api/errors.js';
import { baseVersion } from './base-version.js';
import { conflictOf, decided, type Conflicts } from './conflicts.js';
import { entryOf, type Entry } from './entry.js';
import { Lanes, type Item, type Lane } from './lane.js';
import {
  changeOf,
  changesOf,
  type CommentWrite,
  type OutboxEntry,
  type PatchWrite,
  type Write,
} from './outbox.js';
import type { PendingComments } from './pending-comments.js';
import { valuesOf, type TicketChanges } from './pending-changes.js';
import type { Reports } from './reports.js';
import { DiscardedError, OutdatedError, Sender, type Patched, type SenderParts } from './sender.js';
import { Sight } from './sight.js';
import type { TicketStore } from './ticket-store.js';
import { Undo } from './undo.js';
import type { Unsent } from './unsent.js';

export interface WriterParts extends SenderParts {
  readonly conflicts: Conflicts;
  readonly comments: PendingComments;
  readonly reports: Reports;
}

/** Of a comment that was not sent for a day: the person decides whether it shall be. */
const OUTDATED = {
  type: 'about:blank',
  title: 'Not sent for a day',
  status: 408,
  detail: '',
  code: 'unavailable',
} as const;

/**
 * Shows what a person does at once, stores it, sends it until it is answered, and takes it back if refused.
 * What was stored before a reload goes the same way. SPEC.md, sections P, O and U.
 */
export class Writer {
  readonly undo: Undo;
  readonly #parts: WriterParts;
  readonly #lanes: Lanes;
  readonly #sender: Sender;
  readonly #counted: () => void;

  /** @param counted called when `unanswered` or `waiting` changed */
  constructor(parts: WriterParts, counted: () => void) {
    this.#parts = parts;
    this.#counted = counted;
    this.#lanes = new Lanes(counted);
    this.#sender = new Sender(parts, (ticketId, is) => this.#stuck(ticketId, is));
    this.undo = new Undo({
      lanes: this.#lanes,
      log: parts.undoLog,
      discard: (item) => this.#discard(item),
      patch: (ticketId, write) => this.#patch(ticketId, write),
    });
    this.#followHistory(parts.store);
  }

  /** Writes that have no answer yet. */
  get unanswered(): number {
    return this.#lanes.unanswered;
  }

  /** Of those, the ones that a failed network, or a session that is over, holds up. */
  get waiting(): number {
    return this.#lanes.waiting;
  }

  /** What has no answer yet, in the order it was made. */
  get unsent(): readonly Unsent[] {
    const all = [...this.#lanes.all()].filter(({ item }) => !item.discarded);
    all.sort((one, other) => one.item.entry.order - other.item.entry.order);
    return all.map(({ item: { entry }, isStuck }) => {
      const { opId, act, ticketId, at, write } = entry;
      return { opId, act, ticketId, at, write, isWaiting: isStuck };
    });
  }

  /**
   * Gives up a write that has no answer: it is no longer shown, stored or sent. A try under way, or one whose
   * answer was lost, may have carried it out: then the feed shows it like anybody's.
   */
  discard(opId: string): void {
    const found = [...this.#lanes.all()].find(({ item }) => item.entry.opId === opId)?.item;
    if (found) this.#discard(found);
  }

  /** What the person sees of these tickets now. */
  look(ids: readonly number[]): Sight {
    const { replica } = this.#parts.store;
    return new Sight(
      ids.flatMap((id) => replica.get(id) ?? []),
      replica.epoch,
      this.#lanes.hold(ids),
    );
  }

  /**
   * @param sight what it is based on; absent: what is seen now
   * @returns the ticket as answered
   * @throws ProblemError when it is refused, OutdatedError; it is no longer shown then. OtherHistoryError
   */
  async patch(ticketId: number, changes: TicketChanges, act?: string, sight?: Sight): Promise<Ticket> {
    const { conflicts, outbox, store } = this.#parts;
    const { replica } = store;
    const seen = sight ? sight.baseOf(ticketId, changes, replica) : replica.get(ticketId);
    const superseded = conflicts.supersede(ticketId, changes);
    const patched = this.#patch(ticketId, this.#patchOf(ticketId, changes, seen), act);
    for (const entry of superseded) void outbox.forget(entry);
    return (await patched).ticket;
  }

  /**
   * Decides a conflict.
   *
   * @param keep the fields in which the person's own value shall stand
   * @param act of what the decision is a part; absent: it is an act by itself
   * @returns the ticket as answered; undefined when nothing was left to send, or it was decided before
   * @throws as `patch`
   */
  async resolve(opId: string, keep: readonly string[], act?: string): Promise<Ticket | undefined> {
    const { conflicts, outbox, store } = this.#parts;
    const entry = conflicts.take(opId);
    if (!entry) return undefined;
    const { ticketId } = entry;
    const conflict = conflictOf(entry);
    const changes = decided(conflict, keep);
    const seen = conflict.ticket ? entryOf(conflict.ticket) : store.replica.get(ticketId);
    const isEmpty = Object.keys(changes).length === 0;
    const patched = isEmpty ? undefined : this.#patch(ticketId, this.#patchOf(ticketId, changes, seen), act);
    void outbox.forget(entry);
    return (await patched)?.ticket;
  }

  /** @throws as `patch`: `already_claimed` with the `holder` */
  claim(ticketId: number, by: PersonRef, act?: string): Promise<Ticket> {
    const base = this.#parts.store.replica.get(ticketId)?.row.version;
    const item = this.#begin(ticketId, { kind: 'claim', by, base }, { act });
    return this.#enter(item, (lane) => this.#sender.claim(item, lane));
  }

  /** @throws as `patch`; the ticket is shown again then */
  delete(ticketId: number): Promise<void> {
    const item = this.#begin(ticketId, { kind: 'delete' });
    return this.#enter(item, () => this.#sender.delete(item));
  }

  /** @throws as `patch`; the comment is kept as refused then, until it is retried or discarded */
  comment(ticketId: number, { body, internal }: Omit<CommentWrite, 'kind'>, opId?: string): Promise<Comment> {
    const item = this.#begin(ticketId, { kind: 'comment', body, internal }, { opId });
    return this.#enter(item, () => this.#sender.comment(item));
  }

  /** Sends a refused comment again; undefined when there is none. Throws as `comment`. */
  async retryComment(opId: string): Promise<Comment | undefined> {
    const entry = this.#parts.comments.get(opId);
    if (!entry?.refused || entry.write.kind !== 'comment') return undefined;
    this.#parts.comments.remove(opId);
    // A refusal is the stored answer to its op_id; of a fault nobody knows what it has done.
    if (entry.refused.status >= 500) return this.comment(entry.ticketId, entry.write, opId);
    const sent = this.comment(entry.ticketId, entry.write);
    void this.#parts.outbox.forget(entry);
    return sent;
  }

  discardComment(opId: string): void {
    const { comments, outbox } = this.#parts;
    const entry = comments.get(opId);
    if (!entry?.refused) return;
    comments.remove(opId);
    void outbox.forget(entry);
  }

  /** Takes up what earlier pages of this person have left behind. */
  async adopt(): Promise<void> {
    const { outbox, conflicts, comments, reports } = this.#parts;
    let outdated = 0;
    for (const entry of await outbox.adopt()) {
      if (entry.write.kind === 'comment' && entry.refused) comments.put(entry);
      else if (entry.refused && !outbox.isOutdated(entry)) conflicts.add(entry);
      else if (outbox.isOutdated(entry) && entry.write.kind !== 'comment') {
        outdated += 1;
        void outbox.forget(entry);
      } else this.#resume(entry);
    }
    if (outdated > 0) reports.tell({ kind: 'outdated', count: outdated });
  }

  /** Own answers are of the history that is shown, since their versions mean nothing in another one. */
  #followHistory({ replica, changes }: TicketStore): void {
    let { epoch } = replica;
    changes.listen(({ moored }) => {
      if (!moored) return;
      if (epoch !== undefined && epoch !== replica.epoch) this.#lanes.forgetAnswers();
      ({ epoch } = replica);
    });
  }

  #resume(entry: OutboxEntry): void {
    const item: Item = { entry, stored: Promise.resolve(), before: {} };
    this.#show(entry);
    const sent = this.#enter(item, (lane) => this.#sendAny(item, lane));
    sent.catch((failure: unknown) => this.#report(item.entry, failure));
  }

  async #sendAny(item: Item, lane: Lane): Promise<void> {
    const { kind } = item.entry.write;
    if (kind === 'comment') await this.#sender.comment(item);
    else if (kind === 'delete') await this.#sender.delete(item);
    else if (kind === 'claim') await this.#sender.claim(item, lane);
    else {
      const { touched } = await this.#sender.patch(item, lane);
      if (touched.length > 0) this.#parts.reports.tell({ kind: 'partly-undone', entry: item.entry, touched });
    }
  }

  /** Nobody waits for it; conflicts and refused comments can be seen where they are. */
  #report(entry: OutboxEntry, failure: unknown): void {
    const { reports, conflicts, comments } = this.#parts;
    if (conflicts.has(entry.opId) || comments.get(entry.opId)) return;
    if (failure instanceof DiscardedError) return;
    if (failure instanceof OutdatedError) reports.tell({ kind: 'outdated', count: 1 });
    else reports.tell({ kind: 'refused', entry, failure });
  }

  #stuck(ticketId: number, is: boolean): void {
    this.#lanes.stuck(ticketId, is);
    if (is) this.undo.stuck(ticketId);
  }

  #discard(item: Item): void {
    const { store, comments, outbox, delivery } = this.#parts;
    if (item.discarded) return;
    item.discarded = true;
    item.recalled?.();
    if (item.entry.write.kind === 'comment') comments.remove(item.entry.opId);
    else store.takeBack(changeOf(item.entry));
    void item.stored.then(() => outbox.forget(item.entry));
    this.#counted();
    delivery.wake();
  }

  #patch(ticketId: number, write: PatchWrite, act?: string): Promise<Patched> {
    const item = this.#begin(ticketId, write, { act });
    return this.#enter(item, (lane) => this.#sender.patch(item, lane));
  }

  #patchOf(ticketId: number, changes: TicketChanges, seen: Entry | undefined): PatchWrite {
    const write: PatchWrite = { kind: 'patch', changes, seen };
    return { ...write, base: baseVersion(write, this.#lanes.answersOf(ticketId)) };
  }

  #begin(ticketId: number, write: Write, made: { opId?: string; act?: string } = {}): Item {
    const { outbox, store } = this.#parts;
    const entry = outbox.make(ticketId, write, made);
    const seen = write.kind === 'patch' ? write.seen : undefined;
    const before = valuesOf(store.view(ticketId) ?? seen, changesOf(write) ?? {});
    this.#show(entry);
    return { entry, stored: outbox.keep(entry), before };
  }

  #show(entry: OutboxEntry): void {
    if (entry.write.kind === 'comment') this.#parts.comments.put(entry);
    else this.#parts.store.show(changeOf(entry));
  }

  async #enter<Result>(item: Item, send: (lane: Lane) => Promise<Result>): Promise<Result> {
    const lane = await this.#lanes.enter(item);
    let result: Result;
    try {
      result = await send(lane);
    } catch (failure) {
      await this.#refused(item, failure);
      throw failure;
    } finally {
      this.#lanes.leave(item);
    }
    if (item.recalled) throw new DiscardedError('Taken back');
    return result;
  }

  async #refused({ entry, discarded }: Item, failure: unknown): Promise<void> {
    if (discarded) return;
    const { store, outbox, conflicts, comments } = this.#parts;
    const { kind } = entry.write;
    if (kind !== 'comment') store.takeBack(changeOf(entry));
    const problem = failure instanceof ProblemError ? failure.problem : undefined;
    if (kind === 'patch' && problem?.conflicts?.length) {
      const refused = { ...entry, refused: problem };
      conflicts.add(refused);
      await outbox.keep(refused);
    } else if (kind === 'comment' && (problem || failure instanceof OutdatedError)) {
      const refused = { ...entry, refused: problem ?? OUTDATED };
      comments.put(refused);
      await outbox.keep(refused);
    } else {
      comments.remove(entry.opId);
      await outbox.forget(entry);
    }
  }
}
