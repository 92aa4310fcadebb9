import type {
  Category,
  Classification,
  Priority,
  Status,
  Ticket,
  TicketReceipt,
} from '../contract/ticket.js';
import { instantSql as instant } from '../database/instant.js';

/** Columns of a ticket in the wire's shape, for any statement where the row is named `ticket`. */
export const TICKET_COLUMNS = `ticket.id, ticket.title, ticket.description, ticket.category, ticket.priority,
  ticket.status, ticket.assignee_id, ticket.requester_name, ticket.requester_email, ticket.classification,
  ticket.version, ${instant('ticket.created_at')} as created_at, ${instant('ticket.updated_at')} as updated_at,
  case when ticket.assignee_id is not null then
    (select name from person where person.id = ticket.assignee_id) end as assignee_name`;

/** A row of TICKET_COLUMNS as `pg` parses it: int8 comes as text. */
export interface TicketRecord {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly category: Category;
  readonly priority: Priority;
  readonly status: Status;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
  readonly requester_name: string | null;
  readonly requester_email: string | null;
  readonly classification: Classification | null;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export function toTicket(record: TicketRecord): Ticket {
  const { assignee_id: assigneeId, requester_name: name, requester_email: email } = record;
  return {
    id: Number(record.id),
    title: record.title,
    description: record.description,
    category: record.category,
    priority: record.priority,
    status: record.status,
    assignee: assigneeId === null ? null : { id: assigneeId, name: record.assignee_name ?? assigneeId },
    requester: name === null || email === null ? null : { name, email },
    classification: record.classification,
    version: record.version,
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

/** What somebody who may not read tickets gets of the one that they made. */
export const toReceipt = ({ id, title, category, priority, status, created_at }: Ticket): TicketReceipt => ({
  id,
  title,
  category,
  priority,
  status,
  created_at,
});
