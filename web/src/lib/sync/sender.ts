import type { PatchTicket } from '#contract/commands';
import type { Comment, CreateComment } from '#contract/comments';
import type { FieldConflict } from '#contract/problem';
import type { Ticket } from '#contract/ticket';

import { ProblemError } from '../api/errors.js';
import { baseVersion, ownAnswer } from './base-version.js';
import { without } from './conflicts.js';
import type { Delivery } from './delivery.js';
import type { Item, Lane } from './lane.js';
import {
  changeOf,
  changesOf,
  isUndo,
  type Outbox,
  type OutboxEntry,
  type PatchWrite,
  type Write,
} from './outbox.js';
import type { Reader } from './reader.js';
import type { TicketStore } from './ticket-store.js';
import type { UndoLog } from './undo-log.js';

export interface WriteCommands {
  getTicket(id: number): Promise<Ticket>;
  patchTicket(id: number, patch: PatchTicket): Promise<Ticket>;
  deleteTicket(id: number): Promise<void>;
  /** 409 when somebody has it. */
  claimTicket(id: number): Promise<Ticket>;
  createComment(ticketId: number, comment: CreateComment): Promise<Comment>;
}

export interface SenderParts {
  readonly store: TicketStore;
  readonly reader: Reader;
  readonly commands: WriteCommands;
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly undoLog: UndoLog;
  /** A comment has been taken, by a history that stood so to the one that is shown. */
  readonly commented: (opId: string, comment: Comment, by: SentInto) => void;
}

/**
 * The history that a write was sent into: the one that is shown, one that is over, or, sent before any was known,
 * most likely the one that is shown since.
 */
export type SentInto = 'shown' | 'over' | 'unknown';

/** The answer to a change of fields. */
export interface Patched {
  readonly ticket: Ticket;
  /** Of what takes a change back: the fields that somebody touched since, which stay as they are. */
  readonly touched: readonly FieldConflict[];
}

/** So old that sending it might carry it out twice. */
export class OutdatedError extends Error {
  override readonly name = 'OutdatedError';
}

/** Its person has given it up before it was answered. */
export class DiscardedError extends Error {
  override readonly name = 'DiscardedError';
}

/** Sends one write until it is answered, and takes the answer in. Throws what the server refuses it with. */
export class Sender {
  readonly #parts: SenderParts;
  readonly #stuck: (ticketId: number, is: boolean) => void;

  /** @param stuck told whether the head of a ticket's lane is held up */
  constructor(parts: SenderParts, stuck: (ticketId: number, is: boolean) => void) {
    this.#parts = parts;
    this.#stuck = stuck;
  }

  /** Of what takes a change back, the fields that were touched since are left out, and told. */
  async patch(item: Item, lane: Lane): Promise<Patched> {
    const touched: FieldConflict[] = [];
    for (;;) {
      const write = item.entry.write as PatchWrite;
      try {
        return { ticket: await this.#patchOnce(item, write, lane), touched };
      } catch (failure) {
        if (!write.undoes || !(failure instanceof ProblemError) || failure.conflicts.length === 0)
          throw failure;
        touched.push(...failure.conflicts);
        const fields = failure.conflicts.map(({ field }) => field);
        const changes = without(write.changes, fields);
        if (Object.keys(changes).length > 0) await this.#replace(item, { ...write, changes });
        else return { ticket: await this.#giveUp(item, failure), touched };
      }
    }
  }

  async delete(item: Item): Promise<void> {
    const { entry, stored } = item;
    const { store, commands, outbox } = this.#parts;
    await stored;
    const epoch = store.replica.epoch;
    try {
      await this.#untilAnswered(item, () => commands.deleteTicket(entry.ticketId));
    } catch (failure) {
      // Already gone: by an earlier try whose answer was lost, or by somebody else.
      if (!(failure instanceof ProblemError && failure.code === 'gone')) throw failure;
    }
    void this.#confirm(entry, epoch, Number.POSITIVE_INFINITY);
    await outbox.forget(entry);
  }

  async comment(item: Item): Promise<Comment> {
    const { entry, stored } = item;
    const { store, commands, outbox, commented } = this.#parts;
    const { write, opId, ticketId } = entry;
    if (write.kind !== 'comment') throw new TypeError(`${write.kind} is no comment`);
    await stored;
    const body = { body: write.body, internal: write.internal, op_id: opId };
    const { epoch } = store.replica;
    const comment = await this.#untilAnswered(item, () => commands.createComment(ticketId, body));
    commented(opId, comment, this.#sentInto(epoch));
    await outbox.forget(entry);
    return comment;
  }

  /** Sent again after a lost answer it is the caller's already, which is a success too. */
  claim(item: Item, lane: Lane): Promise<Ticket> {
    return this.#change(item, lane, () => this.#parts.commands.claimTicket(item.entry.ticketId));
  }

  async #patchOnce(item: Item, write: PatchWrite, lane: Lane): Promise<Ticket> {
    await item.stored;
    const { ticketId, opId } = item.entry;
    const body = bodyOf(write, opId);
    return this.#change(item, lane, () => this.#parts.commands.patchTicket(ticketId, body));
  }

  async #change(item: Item, lane: Lane, call: () => Promise<Ticket>): Promise<Ticket> {
    const { store, reader, outbox, undoLog } = this.#parts;
    await item.stored;
    const { entry } = item;
    const changes = changesOf(entry.write) ?? {};
    // From the first try on: a repeated call returns the answer that was stored then.
    const reading = reader.begin();
    const epoch = store.replica.epoch;
    try {
      const ticket = await this.#untilAnswered(item, call);
      if (this.#sentInto(epoch) !== 'over') lane.answered(ticket, changes);
      reader.merge(reading, { asOf: null, tickets: [ticket] });
      void this.#confirm(entry, epoch, ticket.version);
      const { act, order, write } = entry;
      if (isUndoable(write, ticket)) {
        const { id, version } = ticket;
        undoLog.add({ act, order, ticketId: id, version, before: item.before, after: changes });
      } else if (isUndo(write)) undoLog.moveOn(ownAnswer(ticket, changes, undefined));
      // Before it is forgotten: whoever comes after it must not be found based on less than it.
      await this.#rebase(lane);
      await outbox.forget(entry);
      return ticket;
    } catch (failure) {
      const current = failure instanceof ProblemError ? failure.ticket : undefined;
      if (current) reader.merge(reading, { asOf: null, tickets: [current] });
      throw failure;
    } finally {
      reader.end(reading);
    }
  }

  async #rebase({ items, answers }: Lane): Promise<void> {
    for (const item of items.slice(1)) {
      const { write } = item.entry;
      if (write.kind !== 'patch' || item.discarded) continue;
      const base = baseVersion(write, answers);
      if (base === write.base) continue;
      item.entry = { ...item.entry, write: { ...write, base } };
      item.stored = this.#parts.outbox.keep(item.entry);
    }
    await Promise.all(items.slice(1).map(({ stored }) => stored));
  }

  /** What is left of a write goes on as another one, since the server has refused the whole. */
  async #replace(item: Item, write: PatchWrite): Promise<void> {
    const { store, outbox } = this.#parts;
    const before = item.entry;
    item.entry = outbox.make(before.ticketId, write, { act: before.act });
    item.stored = outbox.keep(item.entry);
    store.takeBack(changeOf(before));
    store.show(changeOf(item.entry));
    await outbox.forget(before);
  }

  async #giveUp({ entry }: Item, failure: ProblemError): Promise<Ticket> {
    if (!failure.ticket) throw failure;
    this.#parts.store.takeBack(changeOf(entry));
    await this.#parts.outbox.forget(entry);
    return failure.ticket;
  }

  /**
   * Shows a change until it is confirmed; a version means nothing in another history.
   *
   * @param epoch of the replica at the first try
   */
  async #confirm(entry: OutboxEntry, epoch: string | undefined, version: number): Promise<void> {
    const { store, reader, commands } = this.#parts;
    const sentInto = this.#sentInto(epoch);
    if (sentInto === 'shown') return store.confirm(changeOf(entry), version);
    if (sentInto === 'unknown') {
      const fetch = () => commands.getTicket(entry.ticketId);
      const snapshot = (ticket: Ticket) => ({ asOf: null, tickets: [ticket] });
      // Without an answer the feed says what has become of it.
      await reader.read({ fetch, snapshot, givesPosition: false }).catch(() => undefined);
    }
    store.takeBack(changeOf(entry));
  }

  /** @param epoch of the replica at the first try */
  #sentInto(epoch: string | undefined): SentInto {
    if (this.#parts.store.replica.epoch === epoch) return 'shown';
    return epoch === undefined ? 'unknown' : 'over';
  }

  #untilAnswered<Answer>(item: Item, call: () => Promise<Answer>): Promise<Answer> {
    const { delivery, outbox } = this.#parts;
    const { entry } = item;
    const inTime = () => {
      if (item.discarded) return Promise.reject(new DiscardedError('Discarded'));
      return outbox.isOutdated(entry) ? Promise.reject(new OutdatedError('Too old to be sent')) : call();
    };
    return delivery.untilAnswered(inTime, (is) => this.#stuck(entry.ticketId, is));
  }
}

/** What takes a change back is not taken back itself; neither is what made no new version. */
function isUndoable(write: Write, { version }: Ticket): boolean {
  const isChange = write.kind === 'claim' || (write.kind === 'patch' && !isUndo(write));
  return isChange && version > (write.base ?? 0);
}

function bodyOf({ changes, base }: PatchWrite, opId: string): PatchTicket {
  const { assignee, ...fields } = changes;
  return {
    ...fields,
    ...(assignee === undefined ? {} : { assignee: assignee?.id ?? null }),
    ...(base === undefined ? {} : { base_version: base }),
    op_id: opId,
  };
}
