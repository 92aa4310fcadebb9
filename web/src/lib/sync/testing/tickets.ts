import type { FeedEvent } from '#contract/events';
import type { FeedEnvelope } from '#contract/socket';
import type { Stats } from '#contract/stats';
import type { Ticket, TicketRow } from '#contract/ticket';

export const EPOCH = '0b5e6a52-6a3c-4a8e-9d0f-1f2e3d4c5b6a';
export const OTHER_EPOCH = '7d9f0c31-2b4e-4f6a-8c1d-9e8f7a6b5c4d';
const AT = '2026-11-21T09:00:00.000Z';

export function ticketOf(id: number, fields: Partial<Ticket> = {}): Ticket {
  return {
    id,
    title: `Ticket ${id}`,
    description: `Description of ${id}`,
    category: 'general',
    priority: 'low',
    status: 'open',
    assignee: null,
    requester: null,
    classification: null,
    version: 1,
    created_at: new Date(Date.parse(AT) + id * 1_000).toISOString(),
    updated_at: AT,
    ...fields,
  };
}

export function rowOf(id: number, fields: Partial<TicketRow> = {}): TicketRow {
  const { description: _, ...row } = ticketOf(id, fields);
  return row;
}

export function cursorAt(id: number, epoch = EPOCH): { epoch: string; id: number; mark: string } {
  return { epoch, id, mark: `m${id}` };
}

const by = { kind: 'agent', id: 'p1', name: 'Ada' } as const;

export function created(id: number, row: TicketRow): FeedEvent {
  return {
    id,
    type: 'ticket.created',
    at: AT,
    ticket_id: row.id,
    version: row.version,
    actor: by,
    changes: {},
    changed: [],
    ticket: row,
  };
}

export function updated(id: number, row: TicketRow, changed: readonly string[] = ['status']): FeedEvent {
  return { ...created(id, row), type: 'ticket.updated', changed: [...changed] };
}

export function deleted(id: number, ticketId: number, version: number): FeedEvent {
  const { ticket: _, ...event } = created(id, rowOf(ticketId, { version }));
  return { ...event, type: 'ticket.deleted' };
}

/** The slice from `prev` up to the last event, or to `to`. */
export function envelopeOf(
  prev: number,
  events: readonly FeedEvent[],
  fields: Partial<FeedEnvelope> = {},
): FeedEnvelope {
  const to = fields.to ?? events.at(-1)?.id ?? prev;
  return { epoch: EPOCH, prev, to, mark: `m${to}`, events: [...events], stats: null, ...fields };
}

export function statsAt(id: number, fields: Partial<Stats> = {}): Stats {
  return {
    total_tickets: 0,
    open_tickets: 0,
    avg_tickets_per_day: 0,
    priority_breakdown: { low: 0, medium: 0, high: 0, critical: 0 },
    category_breakdown: { billing: 0, technical: 0, account: 0, general: 0 },
    status_breakdown: { open: 0, in_progress: 0, resolved: 0, closed: 0 },
    unassigned_open: 0,
    created_today: 0,
    resolved_today: 0,
    as_of: cursorAt(id),
    ...fields,
  };
}
