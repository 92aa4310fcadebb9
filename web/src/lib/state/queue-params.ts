import { CATEGORIES, PRIORITIES, STATUSES } from '#contract/values';

import type { ListTicketsParams } from '../api/tickets.js';

export const PAGE_SIZE = 50;

/** What the queue can be asked for by its address. Lists may be empty: anything goes. */
export interface QueueParams {
  readonly status: readonly (typeof STATUSES)[number][];
  readonly priority: readonly (typeof PRIORITIES)[number][];
  readonly category: readonly (typeof CATEGORIES)[number][];
  readonly assignee: 'none' | undefined;
  readonly search: string;
  /** A page other than the newest, as a link of the list named it. */
  readonly cursor: string | undefined;
}

/** Reads an address; what it does not know it leaves out, so that an old link still opens. */
export function readQueueParams(query: Pick<URLSearchParams, 'get'>): QueueParams {
  return {
    status: listed(query.get('status'), STATUSES),
    priority: listed(query.get('priority'), PRIORITIES),
    category: listed(query.get('category'), CATEGORIES),
    assignee: query.get('assignee') === 'none' ? 'none' : undefined,
    search: query.get('search')?.trim() ?? '',
    cursor: query.get('cursor') || undefined,
  };
}

/** The query part of the address, `?` included; empty for the plain queue. The same view has one address. */
export function writeQueueParams(params: QueueParams): '' | `?${string}` {
  const { status, priority, category, assignee, search, cursor } = params;
  const query = new URLSearchParams();
  const parts = { search, status: status.join(), priority: priority.join(), category: category.join() };
  for (const [key, value] of Object.entries({ ...parts, assignee, cursor })) if (value) query.set(key, value);
  // A comma needs no escape in a query, and an address is read by people too.
  const text = query.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** The same for the api. */
export function listParams({ search, cursor, assignee, ...lists }: QueueParams): ListTicketsParams {
  return { ...lists, assignee, search: search || undefined, cursor, page_size: PAGE_SIZE };
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
