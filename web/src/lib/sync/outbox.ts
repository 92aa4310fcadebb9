import type { Problem } from '#contract/problem';
import type { PersonRef } from '#contract/ticket';

import type { Clock } from './clock.js';
import type { Entry } from './entry.js';
import type { PendingChange, TicketChanges } from './pending-changes.js';

/**
 * How long what has no answer may be sent again: the server keeps the answer to an `op_id` for 24 h, and
 * clocks differ a little.
 */
export const OUTBOX_LIVES_MS = (24 * 60 - 10) * 60_000;
/** A store that takes longer than this is gone without. */
const STORAGE_TIMEOUT_MS = 2_000;

/** A change of a ticket's fields. */
export interface PatchWrite {
  readonly kind: 'patch';
  readonly changes: TicketChanges;
  /** What was confirmed when the person made it. */
  readonly seen?: Entry | undefined;
  /** Goes over the wire as `base_version`; absent: the fields are written as they come. */
  readonly base?: number | undefined;
  /** What an earlier change had set, which this one takes back: a field that was touched since stays as it is. */
  readonly undoes?: TicketChanges;
}

export interface DeleteWrite {
  readonly kind: 'delete';
}

export interface CommentWrite {
  readonly kind: 'comment';
  readonly body: string;
  readonly internal: boolean;
}

/** Taking a ticket that nobody has. */
export interface ClaimWrite {
  readonly kind: 'claim';
  /** The person themselves, as they are called. */
  readonly by: PersonRef;
  /** The version that they saw; absent: none. */
  readonly base?: number | undefined;
}

export type Write = PatchWrite | DeleteWrite | CommentWrite | ClaimWrite;

/** Something that a person did and that the server has not taken yet; plain data, as it is stored. */
export interface OutboxEntry {
  readonly opId: string;
  /** What was done together has the same one, and is taken back together. */
  readonly act: string;
  /** Who did it, and alone may send it. */
  readonly person: string;
  readonly ticketId: number;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  /** Rises from one to the next: those of one ticket are sent in this order. */
  readonly order: number;
  readonly write: Write;
  /** Why it was refused, while it waits for the person's decision: a conflict, a comment that failed. */
  readonly refused?: Problem | undefined;
}

/**
 * Where the outbox is kept. Each entry belongs to one tab at a time, the one that sends it.
 * Every method may reject; the outbox then goes on without.
 */
export interface OutboxStorage {
  /** Stores an entry of this tab, or its new state. */
  put(entry: OutboxEntry): Promise<void>;
  remove(opId: string): Promise<void>;
  /** Takes over what is there of a person and belongs to no living tab: it belongs to this one from now on. */
  adopt(person: string): Promise<readonly OutboxEntry[]>;
  /** This tab is done: what it has stored can be taken over. */
  close(): void;
}

export interface OutboxParts {
  readonly storage: OutboxStorage;
  /** The id of the person signed in. */
  readonly person: string;
  readonly clock: Clock;
  readonly newOpId: () => string;
}

/** What a person did and the server has not taken, so that it survives the page. SPEC.md, section O. */
export class Outbox {
  readonly #parts: OutboxParts;
  /** Those that the storage does not have (yet), by op_id. */
  readonly #unstored = new Set<string>();
  #order = 0;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** @param act of what it is a part; absent: it is done by itself */
  make(ticketId: number, write: Write, { opId, act }: { opId?: string; act?: string } = {}): OutboxEntry {
    const { person, clock, newOpId } = this.#parts;
    const id = opId ?? newOpId();
    this.#order = Math.max(clock.now(), this.#order + 1);
    return { opId: id, act: act ?? id, person, ticketId, at: clock.now(), order: this.#order, write };
  }

  /** Fulfilled when it is stored, or cannot be; to be awaited before it is sent. */
  async keep(entry: OutboxEntry): Promise<void> {
    this.#unstored.add(entry.opId);
    await this.#bounded(this.#parts.storage.put(entry).then(() => void this.#unstored.delete(entry.opId)));
  }

  async forget({ opId }: OutboxEntry): Promise<void> {
    this.#unstored.delete(opId);
    await this.#bounded(this.#parts.storage.remove(opId));
  }

  /** What was left behind by earlier pages of this person, in the order it was made. */
  async adopt(): Promise<readonly OutboxEntry[]> {
    const { storage, person } = this.#parts;
    // Not cut short: what it has taken over by then would be nobody's until the next page.
    const entries = [...(await storage.adopt(person).catch(() => []))];
    entries.sort((one, other) => one.order - other.order);
    this.#order = Math.max(this.#order, entries.at(-1)?.order ?? 0);
    return entries;
  }

  /** Whether everything in it would survive the page. */
  get isDurable(): boolean {
    return this.#unstored.size === 0;
  }

  isOutdated({ at }: OutboxEntry): boolean {
    return this.#parts.clock.now() - at > OUTBOX_LIVES_MS;
  }

  close(): void {
    this.#parts.storage.close();
  }

  /** Storage may be full, forbidden or stuck; work goes on, and lives as long as the page. */
  async #bounded(work: Promise<void>): Promise<void> {
    const late = Promise.withResolvers<void>();
    const cancel = this.#parts.clock.after(STORAGE_TIMEOUT_MS, late.resolve);
    await Promise.race([work.catch(() => undefined), late.promise]);
    cancel();
  }
}

/** How a change of a ticket, or its delete, is shown before it is confirmed. */
export function changeOf({ opId, ticketId, write }: OutboxEntry): PendingChange {
  return { opId, ticketId, changes: changesOf(write) ?? null };
}

/** The fields that a write sets, and to what; undefined: it is of another kind. */
export function changesOf(write: Write): TicketChanges | undefined {
  if (write.kind === 'patch') return write.changes;
  return write.kind === 'claim' ? { assignee: write.by } : undefined;
}

/** Whether a write takes an earlier one back. */
export const isUndo = (write: Write): boolean => 'undoes' in write && write.undoes !== undefined;
