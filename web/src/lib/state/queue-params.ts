import type { Ordering } from '#contract/queries';
import { CATEGORIES, PRIORITIES, STATUSES } from '#contract/values';

import type { ListTicketsParams } from '../api/tickets.js';

export const PAGE_SIZE = 50;

/** The orders a queue can be in; the first one goes without saying. */
export const QUEUE_ORDERINGS = [
  '-created_at',
  'created_at',
  '-updated_at',
  '-priority',
] as const satisfies Ordering[];
export type QueueOrdering = (typeof QUEUE_ORDERINGS)[number];

/** As ids of people are. */
const PERSON = /^[\w-]{1,64}$/;

/** What the queue can be asked for by its address. Lists may be empty: anything goes. */
export interface QueueParams {
  readonly status: readonly (typeof STATUSES)[number][];
  readonly priority: readonly (typeof PRIORITIES)[number][];
  readonly category: readonly (typeof CATEGORIES)[number][];
  /** A person's id, `me` or `none`. */
  readonly assignee: string | undefined;
  readonly search: string;
  readonly ordering: QueueOrdering;
  /** A page other than the newest, as a link of the list named it. */
  readonly cursor: string | undefined;
}

/** Reads an address; what it does not know it leaves out, so that an old link still opens. */
export function readQueueParams(query: Pick<URLSearchParams, 'get'>): QueueParams {
  return {
    status: listed(query.get('status'), STATUSES),
    priority: listed(query.get('priority'), PRIORITIES),
    category: listed(query.get('category'), CATEGORIES),
    assignee: PERSON.exec(query.get('assignee') ?? '')?.[0],
    search: query.get('search')?.trim() ?? '',
    ordering: QUEUE_ORDERINGS.find((ordering) => ordering === query.get('ordering')) ?? QUEUE_ORDERINGS[0],
    cursor: query.get('cursor') || undefined,
  };
}

/** The same of a query as it is written in an address, with or without `?`. */
export const readQueueQuery = (query: string): QueueParams => readQueueParams(new URLSearchParams(query));

/** The query part of the address, `?` included; empty for the plain queue. The same view has one address. */
export function writeQueueParams(params: QueueParams): '' | `?${string}` {
  const { status, priority, category, assignee, search, cursor } = params;
  const ordering = params.ordering === QUEUE_ORDERINGS[0] ? undefined : params.ordering;
  const query = new URLSearchParams();
  const parts = { search, status: status.join(), priority: priority.join(), category: category.join() };
  for (const [key, value] of Object.entries({ ...parts, assignee, ordering, cursor }))
    if (value) query.set(key, value);
  // A comma needs no escape in a query, and an address is read by people too.
  const text = query.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** The same for the api. */
export function listParams({ search, cursor, ...lists }: QueueParams): ListTicketsParams {
  return { ...lists, search: search || undefined, cursor, page_size: PAGE_SIZE };
}

/** Whether anything narrows the queue down; the page does not. */
export function isFiltered({ status, priority, category, assignee, search }: QueueParams): boolean {
  return (
    status.length + priority.length + category.length > 0 || assignee !== undefined || search.trim() !== ''
  );
}

/** The cursor in a `next` or `previous` link. */
export function cursorOf(link: string | null): string | undefined {
  return link === null ? undefined : (new URL(link, 'http://any').searchParams.get('cursor') ?? undefined);
}

function listed<Value extends string>(text: string | null, values: readonly Value[]): readonly Value[] {
  const asked = new Set(text?.split(',') ?? []);
  return values.filter((value) => asked.has(value));
}
