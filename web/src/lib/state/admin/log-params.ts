import type { Actor } from '#contract/actor';
import type { AuditAction } from '#contract/administration';
import type { EventType, FeedEvent } from '#contract/events';
import { ACTOR_KINDS, AUDIT_ACTIONS, EVENT_TYPES } from '#contract/values';

/** What the event log can be asked for by its address. Lists may be empty: anything goes. */
export interface EventFilter {
  readonly type: readonly EventType[];
  readonly actor: readonly Actor['kind'][];
  readonly ticket: number | undefined;
  readonly search: string;
}

export interface AuditFilter {
  readonly action: readonly AuditAction[];
  readonly search: string;
}

type Query = Pick<URLSearchParams, 'get'>;

/** Reads an address; what it does not know it leaves out, so that an old link still opens. */
export function readEventFilter(query: Query): EventFilter {
  return {
    type: listed(query.get('type'), EVENT_TYPES),
    actor: listed(query.get('actor'), ACTOR_KINDS),
    ticket: ticketOf(query.get('ticket') ?? ''),
    search: query.get('search')?.trim() ?? '',
  };
}

export function readAuditFilter(query: Query): AuditFilter {
  return { action: listed(query.get('action'), AUDIT_ACTIONS), search: query.get('search')?.trim() ?? '' };
}

/** The query part of an address, `?` included; empty when nothing is filtered. */
export function writeFilter(filter: EventFilter | AuditFilter): '' | `?${string}` {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) {
    const text = value === undefined ? '' : String(value);
    if (text !== '') query.set(key, text);
  }
  const text = query.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** The number in `12` or `#12`; undefined for what no ticket can have. */
export function ticketOf(text: string): number | undefined {
  const digits = text.trim().replace(/^#/, '');
  return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : undefined;
}

/** Whether a new event belongs to what is filtered, as the server decides it. */
export function isMatch(event: FeedEvent, { type, actor, ticket, search }: EventFilter, title = ''): boolean {
  if (type.length > 0 && !type.includes(event.type)) return false;
  if (actor.length > 0 && !actor.includes(event.actor.kind)) return false;
  if (ticket !== undefined && event.ticket_id !== ticket) return false;
  const needle = search.toLowerCase();
  return [event.actor.name, event.ticket?.title ?? title].some((text) => text.toLowerCase().includes(needle));
}

function listed<Value extends string>(text: string | null, values: readonly Value[]): readonly Value[] {
  const asked = new Set(text?.split(',') ?? []);
  return values.filter((value) => asked.has(value));
}
