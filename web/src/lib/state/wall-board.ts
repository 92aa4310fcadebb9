import type { FeedEvent } from '#contract/events';
import type { TicketRow } from '#contract/ticket';
import type { Wall, WallTicket } from '#contract/wall';

const HOUR_MS = 3_600_000;
const TICKETS = 10;
const LATEST = 20;

/** What the board shows beside the desk's own figures. Every list in it is bounded. */
export type Board = Pick<Wall, 'hours' | 'heat' | 'newest_critical' | 'longest_waiting' | 'latest'>;

/** A board after some events; `isShort`: what they took away, only the server can fill up. */
export interface NextBoard {
  readonly board: Board;
  readonly isShort: boolean;
}

/** The board as it is after `events`, in order. What comes in is not changed. */
export function advanceBoard(before: Board, events: readonly FeedEvent[]): NextBoard {
  let board = before;
  let isShort = false;
  for (const event of events) {
    const next = afterOne(board, event);
    board = next.board;
    isShort ||= next.isShort;
  }
  return { board, isShort };
}

function afterOne(board: Board, event: FeedEvent): NextBoard {
  const latest = [event, ...board.latest].slice(0, LATEST);
  const told = { ...board, latest };
  if (event.ticket_id === null || !event.type.startsWith('ticket.')) return { board: told, isShort: false };
  const critical = placed(board.newest_critical, event, isCritical, (one, other) => -byAge(one, other));
  const waiting = placed(board.longest_waiting, event, isWaiting, byAge);
  return {
    board: {
      ...told,
      hours: counted(board.hours, event),
      heat: heated(board.heat, event),
      newest_critical: critical.tickets,
      longest_waiting: waiting.tickets,
    },
    // Of a deleted ticket nobody says where it was counted.
    isShort: critical.isShort || waiting.isShort || event.type === 'ticket.deleted',
  };
}

const isUnsolved = ({ status }: { status: unknown }): boolean =>
  status === 'open' || status === 'in_progress';
const isCritical = (ticket: WallTicket): boolean => isUnsolved(ticket) && ticket.priority === 'critical';
const isWaiting = (ticket: WallTicket): boolean => ticket.status === 'open' && ticket.assignee === null;

/** Oldest first; of one moment the lower id. Moments of the wire sort as text. */
const byAge = (one: WallTicket, other: WallTicket): number =>
  one.created_at < other.created_at ? -1 : one.created_at > other.created_at ? 1 : one.id - other.id;

/** A list with the event's ticket where it belongs now. */
function placed(
  tickets: readonly WallTicket[],
  { ticket_id: id, version, ticket }: FeedEvent,
  belongs: (ticket: WallTicket) => boolean,
  order: (one: WallTicket, other: WallTicket) => number,
): { tickets: WallTicket[]; isShort: boolean } {
  const known = tickets.find((one) => one.id === id);
  if (known && version !== null && version <= known.version) return { tickets: [...tickets], isShort: false };
  const others = tickets.filter((one) => one.id !== id);
  const next = ticket && belongs(ticket) ? [...others, shown(ticket)].sort(order) : others;
  // A full list that lost one may leave out the one behind its end.
  const isShort = tickets.length === TICKETS && next.length < TICKETS;
  return { tickets: next.slice(0, TICKETS), isShort };
}

/** No more of a ticket is kept than is shown. */
function shown({ id, title, category, priority, status, assignee, ...row }: TicketRow): WallTicket {
  const { version, created_at, updated_at } = row;
  return { id, title, category, priority, status, assignee, version, created_at, updated_at };
}

function counted(hours: Board['hours'], { type, at, changes }: FeedEvent): Board['hours'] {
  const created = Number(type === 'ticket.created');
  const resolved = Number(type === 'ticket.updated' && changes['status']?.[1] === 'resolved');
  if (created + resolved === 0) return hours;
  const hour = Math.floor(Date.parse(at) / HOUR_MS) * HOUR_MS;
  return upTo(hours, hour).map((one) =>
    Date.parse(one.at) === hour
      ? { ...one, created: one.created + created, resolved: one.resolved + resolved }
      : one,
  );
}

/** As many hours as before, of which the last is at least `hour`. */
function upTo(hours: Board['hours'], hour: number): Board['hours'] {
  const last = Date.parse(hours.at(-1)?.at ?? '');
  const missing = Math.min(hours.length, Math.max(0, (hour - last) / HOUR_MS));
  const begun = Array.from({ length: missing }, (_, index) => ({
    at: new Date(hour - (missing - 1 - index) * HOUR_MS).toISOString(),
    created: 0,
    resolved: 0,
  }));
  return [...hours.slice(missing), ...begun];
}

function heated(heat: Board['heat'], { type, ticket, changes }: FeedEvent): Board['heat'] {
  if (ticket === undefined) return heat;
  const was = (field: 'status' | 'priority' | 'category') => changes[field]?.[0] ?? ticket[field];
  const before = { status: was('status'), priority: was('priority'), category: was('category') };
  const lost = type === 'ticket.updated' && isUnsolved(before) ? before : undefined;
  const won = isUnsolved(ticket) ? ticket : undefined;
  const has = (cell: Board['heat'][number], one: typeof lost) =>
    Number(one !== undefined && cell.priority === one.priority && cell.category === one.category);
  return heat.map((cell) => {
    const change = has(cell, won) - has(cell, lost);
    return change === 0 ? cell : { ...cell, unsolved: cell.unsolved + change };
  });
}
