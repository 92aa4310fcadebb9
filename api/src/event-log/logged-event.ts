import type { Cursor } from '../contract/cursor.js';
import type { FeedEvent } from '../contract/events.js';
import type { TicketRow } from '../contract/ticket.js';
import { instantSql } from '../database/instant.js';

/** An event with what the process needs of it beside the wire. */
export interface LoggedEvent {
  readonly event: FeedEvent;
  readonly mark: string;
  /** The list row after the change; of a delete, the row that went (which does not travel). */
  readonly row: TicketRow | null;
}

/** The position of who has seen this event last. @param epoch of the log that it is from */
export const cursorAfter = (epoch: string, { event, mark }: LoggedEvent): Cursor => ({
  epoch,
  id: event.id,
  mark,
});

/** Columns of `event` in the order in which every reader asks for them. */
export const EVENT_COLUMNS = `id, ${instantSql('event.at')} as at, type, ticket_id, version, mark, actor, changes,
  changed, ticket, comment, person`;

/** A row of EVENT_COLUMNS as `pg` parses it: int8 comes as text, json parsed. */
export interface EventRecord {
  id: string;
  /** In the wire's shape: how a Date would come depends on the database's date style. */
  at: string;
  type: FeedEvent['type'];
  ticket_id: string | null;
  version: number | null;
  mark: string;
  actor: FeedEvent['actor'];
  changes: FeedEvent['changes'];
  changed: string[];
  ticket: TicketRow | null;
  comment: FeedEvent['comment'] | null;
  person: FeedEvent['person'] | null;
}

export function toLoggedEvent(record: EventRecord): LoggedEvent {
  const { type, at, actor, changes, changed, version, ticket: row, comment, person } = record;
  const event: FeedEvent = {
    id: Number(record.id),
    type,
    at,
    ticket_id: record.ticket_id === null ? null : Number(record.ticket_id),
    version,
    actor,
    changes,
    changed,
  };
  if (row !== null && type !== 'ticket.deleted') event.ticket = row;
  if (comment) event.comment = comment;
  if (person) event.person = person;
  return { event, mark: record.mark, row };
}
