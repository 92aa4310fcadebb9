import type { Ordering } from '#contract/queries';
import type { Category, Priority, Status, TicketRow } from '#contract/ticket';
import { PRIORITIES } from '#contract/values';

import type { ListTicketsParams } from '../api/tickets.js';

/** Which tickets a list is about. An absent or empty part asks nothing; the parts combine. */
export interface TicketFilter {
  readonly category?: readonly Category[] | undefined;
  readonly priority?: readonly Priority[] | undefined;
  readonly status?: readonly Status[] | undefined;
  /** A person's id; null: nobody. */
  readonly assignee?: string | null | undefined;
  /** Milliseconds since 1970, this one included. */
  readonly createdAfter?: number | undefined;
  /** Milliseconds since 1970, this one left out. */
  readonly createdBefore?: number | undefined;
  /** There is one more part, which a row alone cannot answer. */
  readonly serverDecides?: boolean;
}

/** `unknown`: the row fits as far as one can see, but only the server can say. */
export type Match = 'yes' | 'no' | 'unknown';

/**
 * What a list's query asks of a row. A search looks into descriptions, which rows come without.
 *
 * @param me the id of the person who asks, for `assignee: 'me'`
 */
export function filterOf(params: ListTicketsParams, me: string | undefined): TicketFilter {
  const { category, priority, status, assignee, created_after: after, created_before: before } = params;
  const person = assignee === 'me' ? me : assignee === 'none' ? null : assignee;
  return {
    category,
    priority,
    status,
    assignee: person,
    createdAfter: after === undefined ? undefined : Date.parse(after),
    createdBefore: before === undefined ? undefined : Date.parse(before),
    serverDecides: (params.search ?? '').trim() !== '' || (assignee === 'me' && me === undefined),
  };
}

export function matches(row: TicketRow, filter: TicketFilter): Match {
  const fits =
    isAmong(filter.category, row.category) &&
    isAmong(filter.priority, row.priority) &&
    isAmong(filter.status, row.status) &&
    (filter.assignee === undefined || (row.assignee?.id ?? null) === filter.assignee) &&
    isWithin(filter, row.created_at);
  if (!fits) return 'no';
  return filter.serverDecides ? 'unknown' : 'yes';
}

function isAmong<Value>(values: readonly Value[] | undefined, value: Value): boolean {
  return values === undefined || values.length === 0 || values.includes(value);
}

function isWithin({ createdAfter, createdBefore }: TicketFilter, createdAt: string): boolean {
  if (createdAfter === undefined && createdBefore === undefined) return true;
  const at = Date.parse(createdAt);
  return at >= (createdAfter ?? at) && at < (createdBefore ?? Number.POSITIVE_INFINITY);
}

export type Compare = (one: TicketRow, other: TicketRow) => number;

/** The server's order: by the field, ties by id in the same direction. Negative: `one` comes first. */
export function comparison(ordering: Ordering): Compare {
  const direction = ordering.startsWith('-') ? -1 : 1;
  const field = orderedBy(ordering);
  const compare: Compare =
    field === 'priority'
      ? (one, other) => PRIORITIES.indexOf(one.priority) - PRIORITIES.indexOf(other.priority)
      : (one, other) => (one[field] < other[field] ? -1 : one[field] > other[field] ? 1 : 0);
  return (one, other) => direction * (compare(one, other) || one.id - other.id);
}

export function orderedBy(ordering: Ordering): 'created_at' | 'updated_at' | 'priority' {
  return ordering.replace('-', '') as 'created_at' | 'updated_at' | 'priority';
}
