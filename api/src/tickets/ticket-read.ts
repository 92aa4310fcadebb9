import type { Ticket } from '../contract/ticket.js';
import type { Session } from '../database/database.js';
import type { ProblemError } from '../problems/problem-error.js';
import { TICKET_COLUMNS, type TicketRecord, toTicket } from './ticket-record.js';
import { ticketGone, ticketNotFound } from './ticket.errors.js';

/** @throws ProblemError `not_found`, `gone` */
export async function readTicket(id: number, session: Session): Promise<Ticket> {
  const [record] = await session.query<TicketRecord>({
    name: 'ticket-read',
    text: `select ${TICKET_COLUMNS} from ticket where id = $1`,
    values: [id],
  });
  if (record === undefined) throw await absentTicket(id, session);
  return toTicket(record);
}

/** The problem of a ticket that is not there: whether it never was or was deleted stands in the log. */
export async function absentTicket(id: number, session: Session): Promise<ProblemError> {
  const [deletion] = await session.query({
    name: 'ticket-deletion',
    text: `select from event where ticket_id = $1 and type = 'ticket.deleted' limit 1`,
    values: [id],
  });
  return deletion === undefined ? ticketNotFound(id) : ticketGone(id);
}
