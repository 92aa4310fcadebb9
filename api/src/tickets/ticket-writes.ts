import { Injectable } from '@nestjs/common';

import { ClassificationQueue } from '../classification/classification-queue.js';
import type { Actor } from '../contract/actor.js';
import type { Ticket } from '../contract/ticket.js';
import type { Session } from '../database/database.js';
import { TicketChoices } from './ticket-choices.js';
import type { NewTicket } from './ticket-drafts.js';
import { TICKET_COLUMNS, type TicketRecord, toTicket } from './ticket-record.js';
import { absentTicket } from './ticket-read.js';
import {
  changesSince,
  claimStatement,
  type FieldChanges,
  type PatchConditions,
  patchFields,
  type PatchField,
  type PatchState,
  patchState,
  patchStatement,
  patchValue,
  type PatchValues,
} from './ticket-patch.js';
import {
  alreadyClaimed,
  baseVersionAhead,
  cannotClaim,
  disabledAssignee,
  fieldsConflict,
  neverSettles,
  unknownAssignee,
  versionDiffers,
} from './ticket.errors.js';

/** Tries of a patch or a claim whose conditions others keep changing. */
const TRIES = 5;

/**
 * What changes tickets, a command a method, each whole or not at all. The actor travels in the statement that
 * writes; the table's triggers own versions and events.
 */
@Injectable()
export class TicketWrites {
  constructor(
    private readonly queue: ClassificationQueue,
    private readonly choices: TicketChoices,
  ) {}

  /** Stores a ticket, and with it the job to fill in what is unset. */
  async create(ticket: NewTicket, actor: Actor, session: Session): Promise<Ticket> {
    const { unset } = ticket;
    if (unset.length === 0) return this.#insert(ticket, actor, session);
    return session.transaction(async (within) => {
      const stored = await this.#insert(ticket, actor, within);
      await this.queue.enqueue({ ticketId: stored.id, fields: [...unset] }, within.execute);
      return stored;
    });
  }

  /**
   * Sets all of the given fields or none, by the rules of contract.md, *Concurrent edits*. Without any
   * field it gives the ticket as it is, if the conditions hold.
   * @throws ProblemError `conflict`, `precondition_failed`, `invalid`, `not_found`, `gone`
   */
  async patch(
    id: number,
    values: PatchValues,
    conditions: PatchConditions,
    actor: Actor,
    session: Session,
  ): Promise<Ticket> {
    const fields = patchFields(values);
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (fields.length > 0) {
        const rows = await session.query<TicketRecord>(patchStatement(id, values, conditions, actor));
        if (rows[0] !== undefined) return this.choices.keep(toTicket(rows[0]), values, actor, session);
      }
      const unchanged = await this.#whyUnchanged(id, values, fields, conditions, session);
      if (unchanged !== null) return this.choices.keep(unchanged, values, actor, session);
    }
    throw neverSettles(id);
  }

  /**
   * Gives a ticket that nobody has to `personId`; one that is theirs already stays as it is.
   * @throws ProblemError `already_claimed` with the holder, `forbidden` when nothing can be given to them, `not_found`,
   * `gone`
   */
  async claim(id: number, personId: string, actor: Actor, session: Session): Promise<Ticket> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const [claimed] = await session.query<TicketRecord>(claimStatement(id, personId, actor));
      if (claimed !== undefined) return toTicket(claimed);
      const [state] = await session.query<PatchState>(patchState(id, personId));
      if (state === undefined) throw await absentTicket(id, session);
      const ticket = toTicket(state);
      if (ticket.assignee?.id === personId) return ticket;
      if (ticket.assignee !== null) throw alreadyClaimed(ticket.assignee, ticket);
      if (state.assignable !== true) throw cannotClaim();
    }
    throw neverSettles(id);
  }

  /** @throws ProblemError `not_found`, `gone` */
  async remove(id: number, actor: Actor, session: Session): Promise<void> {
    const rows = await session.query({
      name: 'ticket-delete',
      text: `delete from ticket where id = $1 returning set_config('feed.actor', $2, true)`,
      values: [id, JSON.stringify(actor)],
    });
    if (rows.length === 0) throw await absentTicket(id, session);
  }

  async #insert({ values, classification }: NewTicket, actor: Actor, session: Session): Promise<Ticket> {
    const { title, description, category, priority, requester } = values;
    const rows = await session.query<TicketRecord>({
      name: 'ticket-create',
      text: `
        insert into ticket (title, description, category, priority, requester_name, requester_email, classification)
        values ($1, $2, $3, $4, $5, $6, $7)
        returning ${TICKET_COLUMNS}, set_config('feed.actor', $8, true)`,
      values: [
        title,
        description,
        category,
        priority,
        requester?.name ?? null,
        requester?.email ?? null,
        JSON.stringify(classification),
        JSON.stringify(actor),
      ],
    });
    return toTicket(rows[0]!);
  }

  /**
   * Why a patch gave no row: the ticket when all its fields are as wanted already; null when the reason is
   * gone by now, so that another try is due.
   */
  async #whyUnchanged(
    id: number,
    values: PatchValues,
    fields: readonly PatchField[],
    { baseVersion, versions }: PatchConditions,
    session: Session,
  ): Promise<Ticket | null> {
    const [state] = await session.query<PatchState>(patchState(id, values.assignee ?? null));
    if (state === undefined) throw await absentTicket(id, session);
    const ticket = toTicket(state);
    if (versions !== null && !versions.includes(ticket.version)) throw versionDiffers(ticket);
    if (baseVersion !== null && baseVersion > ticket.version) throw baseVersionAhead(ticket.version);
    const differing = fields.filter((field) => patchValue(ticket, field) !== values[field]);
    if (differing.includes('assignee') && state.assignable !== true) {
      throw state.assignable === null ? unknownAssignee() : disabledAssignee();
    }
    if (differing.length === 0) return ticket;
    if (baseVersion === null) return null;
    const contested = differing.filter((field) => (state.field_version[field] ?? 0) > baseVersion);
    if (contested.length === 0) return null;
    const changes = await session.query<FieldChanges>(
      changesSince(id, contested, baseVersion, ticket.version),
    );
    throw fieldsConflict(
      changes.map(({ field, base, whole, by, at }) => ({
        field,
        base: whole ? base : undefined,
        yours: values[field],
        theirs: patchValue(ticket, field),
        by,
        at,
      })),
      ticket,
    );
  }
}
