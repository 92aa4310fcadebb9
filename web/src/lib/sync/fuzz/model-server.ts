import type { PatchTicket } from '#contract/commands';
import type { Comment, CreateComment } from '#contract/comments';
import type { Cursor } from '#contract/cursor';
import type { EventType, FeedEvent } from '#contract/events';
import type { FieldConflict } from '#contract/problem';
import type { Stats, StatsCounts } from '#contract/stats';
import type { Ticket } from '#contract/ticket';

import type { TicketField } from '../pending-changes.js';
import { refusal } from '../testing/problems.js';
import { statsOf } from './model-stats.js';
import type { Random } from './random.js';

export type Fields = Partial<Pick<Ticket, TicketField>>;

interface Stored {
  readonly ticket: Ticket;
  /** The version at which each field was last written. */
  readonly written: Readonly<Partial<Record<TicketField, number>>>;
}

/** A title, and a version of its ticket that has it. */
export interface TitleAt {
  readonly title: string;
  readonly version: number;
}

type State = ReadonlyMap<number, Stored>;

interface LogEntry {
  readonly id: number;
  readonly mark: string;
  /** Null: an event that no channel carries. */
  readonly event: FeedEvent | null;
  /** All tickets after it. */
  readonly state: State;
}

const START = Date.parse('2026-11-01T00:00:00.000Z');
const ACTOR = { kind: 'agent', id: 'p1', name: 'Ada' } as const;

/**
 * What the server must be to its clients, without database and sockets: committed tickets, their log, stored
 * answers. It keeps every history, so that whatever a client holds can be looked up.
 */
export class ModelServer {
  readonly #random: Random;
  readonly #histories = new Map<string, readonly LogEntry[]>();
  #epoch: string;
  #log: LogEntry[];
  #floor = 0;
  #nextTicket = 1;
  #answers = new Map<string, { at: number; answer: unknown }>();
  /** By the title that a call has written, the one it has written over, and the version that had set that. */
  readonly #over = new Map<string, TitleAt>();
  #nextComment = 1;
  #moment = START;

  constructor(random: Random) {
    this.#random = random;
    this.#epoch = random.uuid();
    this.#log = [{ id: 0, mark: '', event: null, state: new Map() }];
    this.#histories.set(this.#epoch, this.#log);
  }

  get epoch(): string {
    return this.#epoch;
  }

  /** How many entries the log has; a process's position is an index below it. */
  get length(): number {
    return this.#log.length;
  }

  get tickets(): readonly Ticket[] {
    return [...this.#state.values()].map(({ ticket }) => ticket);
  }

  cursorAt(index: number): Cursor {
    const { id, mark } = this.#log[index]!;
    return { epoch: this.#epoch, id, mark };
  }

  /** The entry that a client's cursor names; undefined when it cannot be served whole. */
  indexOf({ epoch, id, mark }: Cursor): number | undefined {
    if (epoch !== this.#epoch) return undefined;
    const index = this.#log.findIndex((entry) => entry.id === id);
    return index >= this.#floor && this.#log[index]?.mark === mark ? index : undefined;
  }

  /** The events after one entry up to another. */
  between(from: number, to: number): FeedEvent[] {
    return this.#log.slice(from + 1, to + 1).flatMap(({ event }) => (event ? [event] : []));
  }

  statsAt(index: number): Stats {
    const { state } = this.#log[index]!;
    return { ...statsOf([...state.values()].map(({ ticket }) => ticket)), as_of: this.cursorAt(index) };
  }

  /** What was true in any history at a position: for the oracles. */
  recall({ epoch, id }: Cursor): { tickets: ReadonlyMap<number, Ticket>; events: readonly FeedEvent[] } {
    const history = this.#histories.get(epoch) ?? [];
    const index = history.findIndex((entry) => entry.id === id);
    const state = history[index]?.state ?? new Map<number, Stored>();
    return {
      tickets: new Map([...state].map(([ticketId, { ticket }]) => [ticketId, ticket])),
      events: history.slice(0, index + 1).flatMap(({ event }) => (event ? [event] : [])),
    };
  }

  /** The figures of these tickets. */
  count(tickets: readonly Ticket[]): StatsCounts {
    return statsOf(tickets);
  }

  get(id: number): Ticket {
    const stored = this.#state.get(id);
    if (stored) return stored.ticket;
    throw refusal(id < this.#nextTicket ? 410 : 404, id < this.#nextTicket ? 'gone' : 'not_found');
  }

  create(fields: Fields): Ticket {
    const id = this.#nextTicket++;
    const at = this.#now();
    const ticket: Ticket = {
      id,
      title: `Ticket ${id}`,
      description: 'It does not work.',
      category: 'general',
      priority: 'low',
      status: 'open',
      assignee: null,
      requester: null,
      classification: null,
      ...fields,
      version: 1,
      created_at: at,
      updated_at: at,
    };
    this.#commit('ticket.created', ticket, { ticket, written: {} }, []);
    return ticket;
  }

  /** Writes the fields as they come; a write that changes no value is none. */
  update(id: number, fields: Fields): Ticket {
    const before = this.get(id);
    const changed = (Object.keys(fields) as TicketField[]).filter(
      (field) => !isSame(fields[field], before[field]),
    );
    if (changed.length === 0) return before;
    const ticket = { ...before, ...fields, version: before.version + 1, updated_at: this.#now() };
    const written = { ...this.#state.get(id)?.written };
    for (const field of changed) written[field] = ticket.version;
    this.#commit('ticket.updated', ticket, { ticket, written }, changed);
    return ticket;
  }

  delete(id: number): void {
    const { version } = this.get(id);
    this.#commit('ticket.deleted', { ...this.get(id), version: version + 1 }, undefined, []);
  }

  /** Something that no channel carries. */
  hidden(): void {
    this.#append(null, this.#state);
  }

  /** `PATCH` with `base_version` and `op_id`; throws ProblemError as the contract says. */
  patch(id: number, { assignee, base_version: base, op_id: opId = '', ...rest }: PatchTicket): Ticket {
    const stored = this.#answers.get(opId);
    if (stored) return stored.answer as Ticket;
    const before = this.get(id);
    const person = assignee === undefined ? {} : { assignee: assignee === null ? null : personOf(assignee) };
    const fields = { ...rest, ...person } as Fields;
    if (base !== undefined && base > before.version) throw refusal(400, 'invalid');
    const conflicts = base === undefined ? [] : this.#conflicts(before, fields, base);
    if (conflicts.length > 0) throw refusal(409, 'conflict', { conflicts, ticket: before });
    if (fields.title !== undefined) {
      const version = this.#state.get(id)?.written.title ?? 1;
      this.#over.set(fields.title, { title: before.title, version });
    }
    const ticket = this.update(id, fields);
    this.#answers.set(opId, { at: this.#log.length - 1, answer: ticket });
    return ticket;
  }

  /** `POST` of a comment with `op_id`. */
  comment(ticketId: number, { body, internal, op_id: opId = '' }: CreateComment, author: string): Comment {
    const stored = this.#answers.get(opId);
    if (stored) return stored.answer as Comment;
    this.get(ticketId);
    const comment: Comment = {
      id: this.#nextComment++,
      ticket_id: ticketId,
      author: { kind: 'agent', ...personOf(author) },
      body,
      internal,
      created_at: this.#now(),
    };
    const event = {
      type: 'comment.created',
      at: comment.created_at,
      ticket_id: ticketId,
      version: null,
      actor: comment.author,
      changes: {},
      changed: [],
      comment,
    } as const;
    this.#append({ ...event, changed: [] }, this.#state);
    this.#answers.set(opId, { at: this.#log.length - 1, answer: comment });
    return comment;
  }

  /** Oldest first; throws for a ticket that is not there. */
  comments(ticketId: number): readonly Comment[] {
    this.get(ticketId);
    return this.#events.flatMap(({ comment }) => (comment?.ticket_id === ticketId ? comment : []));
  }

  /** How often this history has taken a text: as a title, or as a comment. */
  timesTaken(text: string): number {
    return this.#events.filter(
      ({ type, changed, ticket, comment }) =>
        comment?.body === text ||
        (type === 'ticket.updated' && changed.includes('title') && ticket?.title === text),
    ).length;
  }

  /** What a title was written over by a call; undefined: no call has written it. */
  overwritten(title: string): TitleAt | undefined {
    return this.#over.get(title);
  }

  /** A backup comes back: what happened since is forgotten, and a new history goes on from there. */
  restore(): void {
    const keep = 1 + this.#random.below(this.#log.length);
    this.#epoch = this.#random.uuid();
    this.#log = this.#log.slice(0, keep);
    this.#histories.set(this.#epoch, this.#log);
    this.#floor = Math.min(this.#floor, keep - 1);
    this.#answers = new Map([...this.#answers].filter(([, { at }]) => at < keep));
  }

  /** The resume window moves on: older cursors can no longer be served whole. */
  expire(): void {
    this.#floor = Math.max(this.#floor, this.#log.length - 1 - this.#random.below(5));
  }

  get #events(): readonly FeedEvent[] {
    return this.#log.flatMap(({ event }) => event ?? []);
  }

  get #state(): State {
    return this.#log.at(-1)!.state;
  }

  #now(): string {
    this.#moment += 1 + this.#random.below(50);
    return new Date(this.#moment).toISOString();
  }

  #conflicts(before: Ticket, fields: Fields, base: number): FieldConflict[] {
    const written = this.#state.get(before.id)?.written ?? {};
    return (Object.keys(fields) as TicketField[])
      .filter((field) => (written[field] ?? 0) > base && !isSame(fields[field], before[field]))
      .map((field) => ({
        field,
        base: null,
        yours: fields[field],
        theirs: before[field],
        by: ACTOR.name,
        at: before.updated_at,
      }));
  }

  #commit(type: EventType, ticket: Ticket, stored: Stored | undefined, changed: readonly string[]): void {
    const state = new Map(this.#state);
    if (stored) state.set(ticket.id, stored);
    else state.delete(ticket.id);
    const { description: _, ...row } = ticket;
    const event = {
      type,
      at: ticket.updated_at,
      ticket_id: ticket.id,
      version: ticket.version,
      actor: ACTOR,
      changes: {},
      changed: [...changed],
      ...(stored ? { ticket: row } : {}),
    };
    this.#append(event, state);
  }

  /** Ids rise with holes, as a sequence's do. */
  #append(event: Omit<FeedEvent, 'id'> | null, state: State): void {
    const id = this.#log.at(-1)!.id + 1 + (this.#random.chance(0.2) ? this.#random.below(4) : 0);
    this.#log.push({ id, mark: this.#random.uuid().slice(0, 8), event: event && { ...event, id }, state });
  }
}

export const personOf = (id: string) => ({ id, name: `Person ${id}` });

function isSame(one: Ticket[TicketField] | undefined, other: Ticket[TicketField] | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
