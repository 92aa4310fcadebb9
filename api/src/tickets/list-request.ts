import { hash } from 'node:crypto';

import { type Ordering, PAGE_SIZE_DEFAULT } from '../contract/queries.js';
import { type Category, PRIORITIES, type Priority, type Status } from '../contract/ticket.js';
import type { Statement } from '../database/database.js';
import { columnOf, type ListCursor } from './list-cursor.js';

/** What a list of tickets is asked for, validated and with `me` replaced by the caller's id. */
export interface ListRequest {
  readonly facets: ListFacets;
  /** Inclusive. */
  readonly createdAfter?: Date | undefined;
  /** Exclusive. */
  readonly createdBefore?: Date | undefined;
  readonly search?: string | undefined;
  readonly ordering: Ordering;
  readonly pageSize: number;
  /** Rows to skip, or the place to go on from. */
  readonly from: { readonly offset: number } | ListCursor;
}

/** From when, and up to, without, when tickets were created. */
export type Stretch = Pick<ListRequest, 'createdAfter' | 'createdBefore'>;

/** An absent field means any; `assignee` is a person's id or `none`. */
export interface ListFacets {
  readonly status?: readonly Status[] | undefined;
  readonly category?: readonly Category[] | undefined;
  readonly priority?: readonly Priority[] | undefined;
  readonly assignee?: string | undefined;
}

/** Exact numbers of tickets as the live fold has them; the choice of strategy rests on them. */
export interface FacetCounts {
  count(facets: ListFacets): number;
  /** Of those created on UTC days, as numbers since 1970, from `first` up to, without, `end`. */
  createdOn(first: number, end: number): number;
}

/** The order in which rows are read: a page before a cursor is read backwards. */
export interface Scan {
  readonly column: 'created_at' | 'updated_at' | 'priority_rank';
  readonly direction: 'asc' | 'desc';
  readonly cursor: ListCursor | null;
  readonly offset: number;
  /** One more than the page holds, to know whether there is another. */
  readonly limit: number;
}

export function scanOf({ ordering, from, pageSize }: ListRequest): Scan {
  const cursor = 'ordering' in from ? from : null;
  const backwards = cursor?.direction === 'previous';
  return {
    column: columnOf(ordering),
    direction: ordering.startsWith('-') !== backwards ? 'desc' : 'asc',
    cursor,
    offset: 'offset' in from ? from.offset : 0,
    limit: pageSize + 1,
  };
}

/**
 * A number of rows for LIMIT. The usual one stands in the text: a plan that is made for any number expects a tenth of
 * the table, looks dear to PostgreSQL, and is then made anew for every request.
 */
export const rowLimit = (count: number, parameters: Parameters): string =>
  count === PAGE_SIZE_DEFAULT + 1 ? String(count) : parameters.add(count, 'bigint');

/** Collects the values of a statement while its text is written. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Adds a value and gives its placeholder. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }

  /**
   * The statement, parsed and planned once a connection: its text, and so its plan, depends on the kind of request
   * and not on the values. There are at most some hundreds of kinds.
   */
  statement(text: string): Statement {
    return { name: `list ${hash('sha1', text, 'base64')}`, text, values: this.values };
  }
}

/** Conditions on `t`, from the facets and bounds that are asked for. */
export function conditions(request: ListRequest, parameters: Parameters): string[] {
  const { facets, createdAfter, createdBefore } = request;
  const { assignee } = facets;
  return [
    ...(['status', 'category', 'priority'] as const).flatMap((name) =>
      facets[name] === undefined ? [] : [`t.${name} = any (${parameters.add(facets[name], 'text[]')})`],
    ),
    ...(assignee === undefined
      ? []
      : [
          assignee === 'none'
            ? 't.assignee_id is null'
            : `t.assignee_id = ${parameters.add(assignee, 'text')}`,
        ]),
    ...(facets.priority !== undefined && columnOf(request.ordering) === 'priority_rank'
      ? [ranks(facets.priority)]
      : []),
    ...bounds({ createdAfter, createdBefore }, parameters),
  ];
}

/** In order of priority, those asked for are a range of the index: else all tickets before them are passed. */
function ranks(priorities: readonly Priority[]): string {
  const asked = priorities.map((priority) => PRIORITIES.indexOf(priority));
  return `t.priority_rank between ${Math.min(...asked)} and ${Math.max(...asked)}`;
}

export function bounds({ createdAfter, createdBefore }: Stretch, parameters: Parameters): string[] {
  return [
    ...(createdAfter === undefined ? [] : [`t.created_at >= ${parameters.add(createdAfter, 'timestamptz')}`]),
    ...(createdBefore === undefined
      ? []
      : [`t.created_at < ${parameters.add(createdBefore, 'timestamptz')}`]),
  ];
}

/** The condition that `row` lies behind the cursor in the scan's order. */
export function beyond({ cursor, column, direction }: Scan, row: string, parameters: Parameters): string[] {
  if (cursor === null) return [];
  const key = parameters.add(cursor.key, column === 'priority_rank' ? 'smallint' : 'timestamptz');
  const id = parameters.add(cursor.id, 'bigint');
  return [`(${row}.${column}, ${row}.id) ${direction === 'desc' ? '<' : '>'} (${key}, ${id})`];
}

export const where = (all: readonly string[]): string =>
  all.length === 0 ? '' : `where ${all.join(' and ')}`;

export const orderBy = ({ column, direction }: Scan, row: string): string =>
  `order by ${row}.${column} ${direction}, ${row}.id ${direction}`;

/** Whether anything but search and time narrows the list. */
export const hasFacets = ({ status, category, priority, assignee }: ListFacets): boolean =>
  [status, category, priority, assignee].some((facet) => facet !== undefined);
