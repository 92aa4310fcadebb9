import type { Ticket, TicketRow } from '#contract/ticket';

import type { Entry } from './entry.js';

/** The fields that a person can change. */
export type TicketField = 'title' | 'description' | 'category' | 'priority' | 'status' | 'assignee';
export type TicketChanges = Partial<Pick<Ticket, TicketField>>;

/** A change shown before it is confirmed. */
export interface PendingChange {
  readonly opId: string;
  readonly ticketId: number;
  /** The new values; null: the ticket is deleted. */
  readonly changes: TicketChanges | null;
}

/** A ticket as it is shown: what is confirmed, and over it what is pending. */
export interface TicketView {
  readonly row: TicketRow;
  readonly description: string | undefined;
  /** Fields whose shown value is not confirmed yet. */
  readonly pending: readonly TicketField[];
}

interface Held {
  readonly change: PendingChange;
  /** The version that the server answered, at which it is confirmed; infinite for a delete. */
  answered: number | undefined;
}

const NOTHING: readonly TicketField[] = [];

/** The optimistic changes, in the order they were made; see SPEC.md, section P. */
export class PendingChanges {
  readonly #held = new Map<number, readonly Held[]>();
  readonly #plain = new WeakMap<Entry, TicketView>();
  readonly #laid = new Map<number, { entry: Entry; held: readonly Held[]; view: TicketView | undefined }>();

  /** The tickets with a pending change. */
  ids(): readonly number[] {
    return [...this.#held.keys()];
  }

  has(ticketId: number): boolean {
    return this.#held.has(ticketId);
  }

  add(change: PendingChange): void {
    const held = this.#held.get(change.ticketId) ?? [];
    this.#set(change.ticketId, [...held, { change, answered: undefined }]);
  }

  /** It is refused, or confirmed in full. */
  drop({ ticketId, opId }: PendingChange): void {
    const held = this.#held.get(ticketId) ?? [];
    this.#set(
      ticketId,
      held.filter(({ change }) => change.opId !== opId),
    );
  }

  /** The server has carried it out; it stays until the replica's version reaches `version`. */
  answer({ ticketId, opId }: PendingChange, version: number): void {
    const held = this.#held.get(ticketId) ?? [];
    for (const one of held) if (one.change.opId === opId) one.answered = version;
  }

  /** Lets go of what the confirmed ticket now says itself; undefined: it is gone. */
  settle(ticketId: number, entry: Entry | undefined): void {
    const held = this.#held.get(ticketId);
    if (held === undefined) return;
    const version = entry?.row.version ?? Number.POSITIVE_INFINITY;
    const left = held.filter(({ answered }) => answered === undefined || answered > version);
    if (left.length < held.length) this.#set(ticketId, left);
  }

  /** Another history: versions answered in the old one may never be reached. */
  dropAnswered(): void {
    for (const [id, held] of [...this.#held]) {
      this.#set(
        id,
        held.filter(({ answered }) => answered === undefined),
      );
    }
  }

  /** The same object as long as nothing changed; undefined: not known, or deleted. */
  view(entry: Entry | undefined): TicketView | undefined {
    if (entry === undefined) return undefined;
    const held = this.#held.get(entry.row.id);
    if (held === undefined) return this.#plainView(entry);
    const laid = this.#laid.get(entry.row.id);
    if (laid?.entry === entry && laid.held === held) return laid.view;
    const view = lay(entry, held);
    this.#laid.set(entry.row.id, { entry, held, view });
    return view;
  }

  #plainView(entry: Entry): TicketView {
    let view = this.#plain.get(entry);
    if (view === undefined) {
      view = { ...entry, pending: NOTHING };
      this.#plain.set(entry, view);
    }
    return view;
  }

  #set(ticketId: number, held: readonly Held[]): void {
    if (held.length > 0) this.#held.set(ticketId, held);
    else {
      this.#held.delete(ticketId);
      this.#laid.delete(ticketId);
    }
  }
}

function lay(entry: Entry, held: readonly Held[]): TicketView | undefined {
  if (held.some(({ change }) => change.changes === null)) return undefined;
  const { description = entry.description, ...fields }: TicketChanges = Object.assign(
    {},
    ...held.map(({ change }) => change.changes),
  );
  const pending = new Set(held.flatMap(({ change }) => Object.keys(change.changes ?? {}) as TicketField[]));
  return { row: { ...entry.row, ...fields }, description, pending: [...pending] };
}

/** What a ticket has in the fields that are to be changed, as far as it is known. */
export function valuesOf(view: Entry | undefined, changes: TicketChanges): TicketChanges {
  if (view === undefined) return {};
  const shown: TicketChanges = {
    ...view.row,
    ...(view.description === undefined ? {} : { description: view.description }),
  };
  const fields = (Object.keys(changes) as TicketField[]).filter((field) => field in shown);
  return Object.fromEntries(fields.map((field) => [field, shown[field]]));
}
