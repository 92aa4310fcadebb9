import { Injectable } from '@nestjs/common';

import type { Identity } from '../auth/identity.js';
import { ClassificationQueue } from '../classification/classification-queue.js';
import type { CreateTicket, PatchTicket } from '../contract/commands.js';
import type { Ticket, TicketReceipt } from '../contract/ticket.js';
import { Database } from '../database/database.js';
import { EventLog } from '../event-log/event-log.js';
import { operationKey } from '../operations/operation-key.js';
import { RepeatableWrites } from '../operations/repeatable-writes.js';
import { matchedVersions } from './entity-tag.js';
import { TicketDrafts } from './ticket-drafts.js';
import { readTicket } from './ticket-read.js';
import { toReceipt } from './ticket-record.js';
import { TicketWrites } from './ticket-writes.js';
import { cannotClaim } from './ticket.errors.js';

/** What a write's headers say beside its body. */
export interface WriteHeaders {
  readonly idempotencyKey?: string | undefined;
  readonly ifMatch?: string | undefined;
}

/** The tickets' commands: who calls, what they want, once. After the commit the log is told to look. */
@Injectable()
export class TicketsService {
  constructor(
    private readonly database: Database,
    private readonly operations: RepeatableWrites,
    private readonly drafts: TicketDrafts,
    private readonly writes: TicketWrites,
    private readonly queue: ClassificationQueue,
    private readonly log: EventLog,
  ) {}

  /**
   * @returns the ticket; to who is not signed in, what they may know of it
   * @throws ProblemError `invalid`, `op_id_reused`
   */
  async create(
    command: CreateTicket,
    caller: Identity,
    headers: WriteHeaders,
  ): Promise<Ticket | TicketReceipt> {
    const { op_id: opId, ...request } = command;
    const key = operationKey(headers.idempotencyKey, opId);
    const operation = { identity: caller.key, route: 'POST /api/tickets', key, request };
    let isPending = false;
    const answer = await this.operations.run(operation, async (session) => {
      const draft = await this.drafts.draft(request);
      const ticket = await this.writes.create(draft, caller.actor, session);
      isPending = draft.unset.length > 0;
      // Here rather than at the end: the stored answer must not hold more than the caller may know.
      return caller.kind === 'requester' ? toReceipt(ticket) : ticket;
    });
    this.log.poke();
    if (isPending) this.queue.wake();
    return answer;
  }

  /** @throws ProblemError `invalid`, `conflict`, `precondition_failed`, `not_found`, `gone`, `op_id_reused` */
  async patch(id: number, command: PatchTicket, caller: Identity, headers: WriteHeaders): Promise<Ticket> {
    const { op_id: opId, base_version: baseVersion = null, ...values } = command;
    const key = operationKey(headers.idempotencyKey, opId);
    const conditions = { baseVersion, versions: matchedVersions(headers.ifMatch) };
    const request = { values, ...conditions };
    const operation = { identity: caller.key, route: `PATCH /api/tickets/${id}`, key, request };
    const ticket = await this.operations.run(operation, (session) =>
      this.writes.patch(id, values, conditions, caller.actor, session),
    );
    this.log.poke();
    return ticket;
  }

  /** @throws ProblemError `already_claimed`, `forbidden`, `not_found`, `gone` */
  async claim(id: number, caller: Identity): Promise<Ticket> {
    if (caller.person === null) throw cannotClaim();
    const ticket = await this.writes.claim(id, caller.person.id, caller.actor, this.database);
    this.log.poke();
    return ticket;
  }

  /** @throws ProblemError `not_found`, `gone` */
  async remove(id: number, caller: Identity): Promise<void> {
    await this.writes.remove(id, caller.actor, this.database);
    this.log.poke();
  }

  /** @throws ProblemError `not_found`, `gone` */
  read(id: number): Promise<Ticket> {
    return readTicket(id, this.database);
  }
}
