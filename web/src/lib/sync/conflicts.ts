import type { FieldConflict, Problem } from '#contract/problem';
import type { Ticket } from '#contract/ticket';

import type { OutboxEntry, PatchWrite } from './outbox.js';
import type { TicketChanges, TicketField } from './pending-changes.js';
import { Signal, type Readable } from './signal.js';

/** A change refused because others changed the same fields; nothing of it was applied. */
export interface Conflict {
  readonly opId: string;
  readonly ticketId: number;
  /** All that the person changed, also what nobody else touched. */
  readonly changes: TicketChanges;
  /** Field by field what it was, what the person wants, what it is now, and who did that when. */
  readonly fields: readonly FieldConflict[];
  /** The ticket as it was when the conflict was found. */
  readonly ticket: Ticket | undefined;
  /** When the person made the change, milliseconds since 1970. */
  readonly at: number;
}

/** The conflicts that wait for the person's decision, oldest first. */
export class Conflicts {
  readonly #entries = new Map<string, OutboxEntry>();
  readonly #shown = new Signal<readonly Conflict[]>([]);

  get all(): Readable<readonly Conflict[]> {
    return this.#shown;
  }

  has(opId: string): boolean {
    return this.#entries.has(opId);
  }

  add(entry: OutboxEntry): void {
    this.#entries.set(entry.opId, entry);
    this.#show();
  }

  /** Decided, one way or the other. Returns its entry, if it was there. */
  take(opId: string): OutboxEntry | undefined {
    const entry = this.#entries.get(opId);
    if (entry && this.#entries.delete(opId)) this.#show();
    return entry;
  }

  /** The person has changed all these fields anew: what was in conflict is decided. Returns its entries. */
  supersede(ticketId: number, changes: TicketChanges): OutboxEntry[] {
    const decided = this.#shown.value.filter(
      (one) => one.ticketId === ticketId && Object.keys(one.changes).every((field) => field in changes),
    );
    return decided.flatMap(({ opId }) => this.take(opId) ?? []);
  }

  #show(): void {
    this.#shown.set([...this.#entries.values()].map(conflictOf));
  }
}

/**
 * What is sent once the person has decided: the fields that nobody else touched, and those of the others
 * that are kept.
 */
export function decided(conflict: Conflict, keep: readonly string[]): TicketChanges {
  const left = conflict.fields.map(({ field }) => field).filter((field) => !keep.includes(field));
  return without(conflict.changes, left);
}

/** The changes but for some fields. */
export function without(changes: TicketChanges, fields: readonly string[]): TicketChanges {
  const kept = (Object.keys(changes) as TicketField[]).filter((field) => !fields.includes(field));
  return Object.fromEntries(kept.map((field) => [field, changes[field]]));
}

export function conflictOf({ opId, ticketId, at, write, refused }: OutboxEntry): Conflict {
  const { changes } = write as PatchWrite;
  const { conflicts = [], ticket } = refused as Problem;
  return { opId, ticketId, changes, fields: conflicts, ticket, at };
}
