import type { PatchTicket } from '#contract/commands';
import type { Ticket } from '#contract/ticket';

import { isPassing, ProblemError } from '../api/errors.js';
import { baseVersion, type OwnAnswer } from './base-version.js';
import { backoff, type Clock } from './clock.js';
import type { PendingChange, TicketChanges, TicketField } from './pending-changes.js';
import type { Reader } from './reader.js';
import type { TicketStore } from './ticket-store.js';

export interface WriteCommands {
  patchTicket(id: number, patch: PatchTicket): Promise<Ticket>;
  deleteTicket(id: number): Promise<void>;
}

export interface WriterParts {
  readonly store: TicketStore;
  readonly reader: Reader;
  readonly commands: WriteCommands;
  readonly clock: Clock;
  readonly newOpId: () => string;
}

/** The changes of one ticket: sent one after the other, since each builds on the one before. */
interface Lane {
  last: Promise<unknown>;
  length: number;
  readonly answers: OwnAnswer[];
  /** Whether the change at its head has had no answer to a try. */
  stuck: boolean;
}

/** Shows a change at once, sends it until it is answered, and takes it back if refused. SPEC.md, section P. */
export class Writer {
  readonly #parts: WriterParts;
  readonly #counted: () => void;
  readonly #lanes = new Map<number, Lane>();
  readonly #sleeping = new Set<() => void>();

  /** @param counted called when `unanswered` or `waiting` changed */
  constructor(parts: WriterParts, counted: () => void) {
    this.#parts = parts;
    this.#counted = counted;
  }

  /** Changes that have no answer yet. */
  get unanswered(): number {
    return [...this.#lanes.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Of those, the ones that a failed network holds up. */
  get waiting(): number {
    return [...this.#lanes.values()].reduce((sum, { length, stuck }) => sum + (stuck ? length : 0), 0);
  }

  /** @returns the ticket as answered @throws ProblemError when it is refused; it is no longer shown then */
  patch(ticketId: number, changes: TicketChanges): Promise<Ticket> {
    const change = this.#show(ticketId, changes);
    return this.#queue(change, (lane) => this.#sendPatch(change, changes, lane));
  }

  /** @throws ProblemError when it is refused; the ticket is shown again then */
  delete(ticketId: number): Promise<void> {
    const change = this.#show(ticketId, null);
    return this.#queue(change, (lane) => this.#sendDelete(change, lane));
  }

  /** The network seems to be back: what waits is tried at once. */
  wake(): void {
    for (const wake of [...this.#sleeping]) wake();
  }

  #show(ticketId: number, changes: TicketChanges | null): PendingChange {
    const { store, newOpId } = this.#parts;
    const change = { opId: newOpId(), ticketId, changes, seen: store.replica.get(ticketId) };
    store.show(change);
    return change;
  }

  async #queue<Result>(change: PendingChange, send: (lane: Lane) => Promise<Result>): Promise<Result> {
    const lane = this.#enter(change.ticketId);
    const turn = lane.last.then(
      () => send(lane),
      () => send(lane),
    );
    lane.last = turn;
    try {
      return await turn;
    } catch (failure) {
      this.#parts.store.takeBack(change);
      throw failure;
    } finally {
      this.#leave(change.ticketId, lane);
    }
  }

  #enter(ticketId: number): Lane {
    const lane = this.#lanes.get(ticketId) ?? {
      last: Promise.resolve(),
      length: 0,
      answers: [],
      stuck: false,
    };
    lane.length += 1;
    this.#lanes.set(ticketId, lane);
    this.#counted();
    return lane;
  }

  #leave(ticketId: number, lane: Lane): void {
    lane.length -= 1;
    if (lane.length === 0) this.#lanes.delete(ticketId);
    this.#counted();
  }

  async #sendPatch(change: PendingChange, changes: TicketChanges, lane: Lane): Promise<Ticket> {
    const { store, reader, commands } = this.#parts;
    const body = bodyOf(changes, change.opId, baseVersion(change, lane.answers));
    // From the first try on: a repeated call returns the answer that was stored then.
    const reading = reader.begin();
    const epoch = store.replica.epoch;
    try {
      const ticket = await this.#untilAnswered(lane, () => commands.patchTicket(change.ticketId, body));
      const own = lane.answers.at(-1)?.fields ?? [];
      lane.answers.push({ ticket, fields: new Set([...own, ...(Object.keys(changes) as TicketField[])]) });
      reader.merge(reading, { asOf: null, tickets: [ticket] });
      this.#answered(change, epoch, ticket.version);
      return ticket;
    } catch (failure) {
      const current = failure instanceof ProblemError ? failure.ticket : undefined;
      if (current) reader.merge(reading, { asOf: null, tickets: [current] });
      throw failure;
    } finally {
      reader.end(reading);
    }
  }

  async #sendDelete(change: PendingChange, lane: Lane): Promise<void> {
    const { store, commands } = this.#parts;
    const epoch = store.replica.epoch;
    try {
      await this.#untilAnswered(lane, () => commands.deleteTicket(change.ticketId));
    } catch (failure) {
      // Already gone: by an earlier try whose answer was lost, or by somebody else.
      if (!(failure instanceof ProblemError && failure.code === 'gone')) throw failure;
    }
    this.#answered(change, epoch, Number.POSITIVE_INFINITY);
  }

  /** @param epoch the history that the change was sent into; a version means nothing in another one */
  #answered(change: PendingChange, epoch: string | undefined, version: number): void {
    const { store } = this.#parts;
    if (store.replica.epoch === epoch) store.confirm(change, version);
    else store.takeBack(change);
  }

  async #untilAnswered<Answer>(lane: Lane, call: () => Promise<Answer>): Promise<Answer> {
    for (let failures = 1; ; failures += 1) {
      try {
        const answer = await call();
        this.#setStuck(lane, false);
        return answer;
      } catch (failure) {
        if (!isPassing(failure)) {
          this.#setStuck(lane, false);
          throw failure;
        }
        this.#setStuck(lane, true);
        const delay = failure instanceof ProblemError ? failure.retryAfterMs : undefined;
        await this.#sleep(delay ?? backoff(failures, this.#parts.clock));
      }
    }
  }

  #setStuck(lane: Lane, stuck: boolean): void {
    if (lane.stuck === stuck) return;
    lane.stuck = stuck;
    this.#counted();
  }

  async #sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#parts.clock.after(ms, resolve);
    this.#sleeping.add(resolve);
    await promise;
    this.#sleeping.delete(resolve);
    cancel();
  }
}

function bodyOf({ assignee, ...fields }: TicketChanges, opId: string, base: number | undefined): PatchTicket {
  return {
    ...fields,
    ...(assignee === undefined ? {} : { assignee: assignee?.id ?? null }),
    ...(base === undefined ? {} : { base_version: base }),
    op_id: opId,
  };
}
