import type { FeedEvent } from '#contract/events';
import type { FieldConflict } from '#contract/problem';
import type { Ticket } from '#contract/ticket';

import { without } from './conflicts.js';
import type { TicketChanges } from './pending-changes.js';
import { Signal, type Readable } from './signal.js';

/** As many of one's last changes can be taken back. */
const MOST = 1_000;
/** So many versions are remembered with what was changed in them; the answer to a change comes soon. */
const MOST_WITNESSED = 500;

const keyOf = (ticketId: number, version: number): string => `${ticketId} ${version}`;

/** A change that the server has carried out, and what it replaced. */
export interface Undoable {
  readonly ticketId: number;
  /** The ticket's version that the change made. */
  readonly version: number;
  readonly before: TicketChanges;
  readonly after: TicketChanges;
}

/** What came of taking a change back. */
export interface Undone {
  /** The ticket as it is now. */
  readonly ticket: Ticket;
  /** Fields that somebody touched since: they stay as they are. */
  readonly touched: readonly FieldConflict[];
}

/** One's own changes as far as they can be taken back. SPEC.md, section U. */
export class UndoLog {
  #log: readonly Undoable[] = [];
  /** By ticket and version, the fields that the person changed in it: none if it was somebody else. */
  readonly #witnessed = new Map<string, readonly string[]>();
  readonly #last = new Signal<Undoable | undefined>(undefined);

  /** The last one not taken back yet. */
  get last(): Readable<Undoable | undefined> {
    return this.#last;
  }

  add(done: Undoable): void {
    const known = this.#witnessed.get(keyOf(done.ticketId, done.version));
    const really = known ? asChanged(done, known) : done;
    if (really && Object.keys(really.before).length > 0) this.#set([...this.#log.slice(1 - MOST), really]);
  }

  /**
   * Takes in what the log says of a version: a change to what somebody else had set meanwhile was none, and
   * there is nothing to take back.
   */
  witness({ ticket_id: ticketId, version, actor, changed }: FeedEvent, me: string | undefined): void {
    if (me === undefined || ticketId === null || version === null) return;
    const fields = actor.id === me ? changed : [];
    const key = keyOf(ticketId, version);
    this.#witnessed.set(key, fields);
    if (this.#witnessed.size > MOST_WITNESSED)
      this.#witnessed.delete(this.#witnessed.keys().next().value ?? key);
    const done = this.#log.find((one) => one.ticketId === ticketId && one.version === version);
    if (!done) return;
    const really = asChanged(done, fields);
    this.#set(this.#log.flatMap((one) => (one === done ? (really ?? []) : one)));
  }

  /** Takes out the one that made this version of a ticket, or the last one. */
  take(made: Pick<Ticket, 'id' | 'version'> | undefined): Undoable | undefined {
    const wanted = made
      ? this.#log.find(({ ticketId, version }) => ticketId === made.id && version === made.version)
      : this.#log.at(-1);
    this.#set(this.#log.filter((done) => done !== wanted));
    return wanted;
  }

  #set(log: readonly Undoable[]): void {
    this.#log = log;
    this.#last.set(log.at(-1));
  }
}

/** Only what was really changed; undefined: nothing. */
function asChanged(done: Undoable, fields: readonly string[]): Undoable | undefined {
  const others = Object.keys(done.before).filter((field) => !fields.includes(field));
  if (others.length === 0) return done;
  const before = without(done.before, others);
  return Object.keys(before).length > 0 ? { ...done, before } : undefined;
}
