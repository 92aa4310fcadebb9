import type { Cursor } from '#contract/cursor';
import type { FeedEvent } from '#contract/events';
import type { Stats } from '#contract/stats';
import type { Category, Priority, Status, TicketRow } from '#contract/ticket';
import { CATEGORIES, PRIORITIES } from '#contract/values';
import type { Wall } from '#contract/wall';

const HOUR_MS = 3_600_000;
const TITLES = [
  'Payment page shows an error 500 after the last update',
  'Cannot sign in with the new phone',
  'Invoice 2026-118 charged twice',
  'Export of the yearly report never ends',
  'Wrong name on the certificate',
  'Deliveries to Zürich arrive at the old address although it was changed three weeks ago',
  'Dark mode flickers',
  'Webhook is called twice for one order',
];
const PEOPLE = ['Ada Lovelace', 'Grace Hopper', 'Edsger Dijkstra', 'Barbara Liskov', 'Alan Kay'];

const iso = (ms: number): string => new Date(ms).toISOString();
const of = <Value>(values: readonly Value[], at: number): Value => values[at % values.length]!;

/** A ticket that is what its number makes of it. */
export function rowOf(id: number, createdAt: number, part: Partial<TicketRow> = {}): TicketRow {
  return {
    id,
    title: of(TITLES, id),
    category: of(CATEGORIES, id),
    priority: of(PRIORITIES, id >> 2),
    status: 'open',
    assignee: null,
    requester: null,
    classification: null,
    version: 1,
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
    ...part,
  };
}

/** What happened to a ticket, as the channel `wall` tells it. */
export function eventOf(
  id: number,
  at: number,
  ticket: TicketRow,
  changes: FeedEvent['changes'] = {},
): FeedEvent {
  return {
    id,
    type: ticket.version === 1 ? 'ticket.created' : 'ticket.updated',
    at: iso(at),
    ticket_id: ticket.id,
    version: ticket.version,
    actor: { kind: 'agent', id: `p${id % PEOPLE.length}`, name: of(PEOPLE, id) },
    changes,
    changed: Object.keys(changes),
    ticket,
  };
}

export function statsOf(asOf: Cursor): Stats {
  return {
    total_tickets: 48_210,
    open_tickets: 1_284,
    avg_tickets_per_day: 131.5,
    priority_breakdown: { low: 12_000, medium: 20_000, high: 13_000, critical: 3_210 },
    category_breakdown: { billing: 12_000, technical: 20_000, account: 8_000, general: 8_210 },
    status_breakdown: { open: 1_284, in_progress: 312, resolved: 20_614, closed: 26_000 },
    unassigned_open: 87,
    created_today: 143,
    resolved_today: 128,
    as_of: asOf,
  };
}

/** A busy desk's board at a position. */
export function wallOf(asOf: Cursor, now: number): Wall {
  const thisHour = Math.floor(now / HOUR_MS) * HOUR_MS;
  const hours = Array.from({ length: 24 }, (_, index) => {
    const day = Math.max(0, Math.sin(((index + 2) / 24) * Math.PI * 2 - 1));
    return {
      at: iso(thisHour - (23 - index) * HOUR_MS),
      created: Math.round(3 + 19 * day + ((index * 7) % 5)),
      resolved: Math.round(2 + 16 * day + ((index * 5) % 7)),
    };
  });
  const weight: Record<Priority, number> = { low: 61, medium: 130, high: 48, critical: 3 };
  const share: Record<Category, number> = { billing: 0.8, technical: 1.4, account: 0.5, general: 1 };
  const heat = PRIORITIES.flatMap((priority) =>
    CATEGORIES.map((category) => ({
      priority,
      category,
      unsolved:
        priority === 'critical' && category === 'general'
          ? 0
          : Math.round(weight[priority] * share[category]),
    })),
  );
  const critical = Array.from({ length: 10 }, (_, index) =>
    rowOf(48_200 - index * 13, now - (index * index * 17 + 3) * 60_000, {
      priority: 'critical',
      status: (index % 3 === 1 ? 'in_progress' : 'open') as Status,
      assignee: index % 3 === 0 ? null : { id: `p${index}`, name: of(PEOPLE, index) },
    }),
  );
  const waiting = Array.from({ length: 10 }, (_, index) =>
    rowOf(47_100 + index * 31, now - (26 - index * 2) * HOUR_MS, { priority: of(PRIORITIES, index) }),
  );
  const latest = Array.from({ length: 20 }, (_, index) => {
    const ticket = rowOf(48_210 - index, now - index * 40_000, { version: (index % 3) + 1 });
    return eventOf(
      asOf.id - index,
      now - index * 40_000,
      index % 3 === 1 ? { ...ticket, status: 'resolved' } : ticket,
      index % 3 === 0
        ? {}
        : index % 3 === 1
          ? { status: ['open', 'resolved'] }
          : { priority: ['low', ticket.priority] },
    );
  });
  const strip = ({ requester: _r, classification: _c, ...ticket }: TicketRow) => ticket;
  return {
    stats: statsOf(asOf),
    hours,
    heat,
    newest_critical: critical.map(strip),
    longest_waiting: waiting.map(strip),
    latest,
    as_of: asOf,
  };
}
