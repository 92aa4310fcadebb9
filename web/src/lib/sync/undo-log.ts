import type { FeedEvent } from '#contract/events';
import type { FieldConflict } from '#contract/problem';

import { isBack, type OwnAnswer } from './base-version.js';
import { without } from './conflicts.js';
import type { TicketChanges, TicketField } from './pending-changes.js';

/** As many of one's last changes can be taken back. */
const MOST = 1_000;
/** So many versions are remembered with what was changed in them; the answer to a change comes soon. */
const MOST_WITNESSED = 500;

const keyOf = (ticketId: number, version: number): string => `${ticketId} ${version}`;

/** A change that the server has carried out, and what it replaced. */
export interface Undoable {
  /** What was done together, and is taken back together. */
  readonly act: string;
  /** Rises from one change to the next, in the order they were made. */
  readonly order: number;
  readonly ticketId: number;
  /** The ticket's version that the change made. */
  readonly version: number;
  readonly before: TicketChanges;
  readonly after: TicketChanges;
}

/** What came of taking back one change of an act. */
export interface TakenBack {
  readonly ticketId: number;
  /** The fields that the change had set. */
  readonly fields: readonly string[];
  /** Of these, the ones that somebody touched since: they stay as they are. */
  readonly touched: readonly FieldConflict[];
  /** It had not been sent. */
  readonly isGivenUp?: true;
  /** Why it could not be taken back: as `patch` throws. */
  readonly failure?: unknown;
}

/** One's own acts as far as they were carried out and can be taken back. SPEC.md, section U. */
export class UndoLog {
  /** In the order they were made. */
  #log: readonly Undoable[] = [];
  /** By ticket and version, the fields that the person changed in it: none if it was somebody else. */
  readonly #witnessed = new Map<string, readonly string[]>();

  /** The last one not taken back yet. */
  get last(): Undoable | undefined {
    return this.#log.at(-1);
  }

  add(done: Undoable): void {
    const known = this.#witnessed.get(keyOf(done.ticketId, done.version));
    const really = known ? asChanged(done, known) : done;
    if (!really || Object.keys(really.before).length === 0) return;
    this.#log = [...this.#log, really].sort((one, other) => one.order - other.order);
    if (this.#log.length > MOST) this.take(this.#log[0]!.act);
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
    if (!this.#log.some((one) => one.ticketId === ticketId && one.version === version)) return;
    this.#log = this.#log.flatMap((one) =>
      one.ticketId === ticketId && one.version === version ? (asChanged(one, fields) ?? []) : one,
    );
  }

  /** A change was taken back: what had been set before it may stand there again, and can be taken back next. */
  moveOn(answer: OwnAnswer): void {
    const { id, version } = answer.ticket;
    this.#log = this.#log.map((one) =>
      one.ticketId === id && isBack(one.after, fieldsOf(one), answer) ? { ...one, version } : one,
    );
  }

  /** Takes out what is there of an act. */
  take(act: string): readonly Undoable[] {
    const taken = this.#log.filter((one) => one.act === act);
    this.#log = this.#log.filter((one) => one.act !== act);
    return taken;
  }
}

const fieldsOf = ({ before }: Undoable) => Object.keys(before) as TicketField[];

/** Only what was really changed; undefined: nothing. */
function asChanged(done: Undoable, fields: readonly string[]): Undoable | undefined {
  const before = without(
    done.before,
    fieldsOf(done).filter((field) => !fields.includes(field)),
  );
  return Object.keys(before).length > 0 ? { ...done, before } : undefined;
}
