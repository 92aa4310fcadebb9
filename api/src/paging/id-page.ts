import type { HistoryQuery } from '../contract/queries.js';
import { ProblemError } from '../problems/problem-error.js';
import { pagesBeside } from './numbered-page.js';
import type { Neighbours } from './page-links.js';

/** A place in a list that goes by id: behind the row with this id, or before it. */
export interface IdCursor {
  readonly direction: 'next' | 'previous';
  readonly id: number;
}

/** Opaque text for a link. */
export const encodeIdCursor = ({ direction, id }: IdCursor): string => `${direction}.${id}`;

/** @throws ProblemError `invalid` that names `cursor`: it is not one of ours */
export function decodeIdCursor(text: string): IdCursor {
  const [, direction, id] = /^(next|previous)\.(\d{1,15})$/.exec(text) ?? [];
  if (direction === undefined) throw ProblemError.field('cursor', 'was not given here');
  return { direction: direction as IdCursor['direction'], id: Number(id) };
}

/**
 * One page of a list in the order of its rows' ids: by a cursor, which stays right while rows come and go, or by
 * number. A page before a cursor is read backwards.
 */
export class IdPage {
  readonly #cursor: IdCursor | null;

  /** @throws ProblemError `invalid` that names `cursor` */
  constructor(
    private readonly query: HistoryQuery,
    private readonly order: 'asc' | 'desc',
  ) {
    this.#cursor = query.cursor === undefined ? null : decodeIdCursor(query.cursor);
  }

  /** Tells statements apart whose `clause` is another. */
  get kind(): string {
    return this.#cursor?.direction ?? 'page';
  }

  /**
   * What follows the conditions of a statement whose first parameters are `values`, on the column `id`. It gives
   * one row more than the page holds, to know whether there is another.
   */
  clause(values: readonly unknown[]): { text: string; values: unknown[] } {
    const { page = 1, page_size: size } = this.query;
    const [limit, offset, id] = [1, 2, 3].map((place) => `$${values.length + place}`);
    const ascending = (this.order === 'asc') !== this.#isBefore;
    const beyond = this.#cursor === null ? '' : `and id ${ascending ? '>' : '<'} ${id}`;
    return {
      text: `${beyond} order by id ${ascending ? 'asc' : 'desc'} limit ${limit} offset ${offset}`,
      values: [...values, size + 1, (page - 1) * size, ...(this.#cursor === null ? [] : [this.#cursor.id])],
    };
  }

  /** The page's rows in the list's order, and the pages beside it. */
  of<Row extends { readonly id: number }>(read: readonly Row[]): { rows: Row[]; neighbours: Neighbours } {
    const { page, page_size: size } = this.query;
    const more = read.length > size;
    const rows = read.slice(0, size);
    if (this.#isBefore) rows.reverse();
    if (page !== undefined) return { rows, neighbours: pagesBeside(page, more) };
    const to = (direction: IdCursor['direction'], row: Row | undefined) =>
      row === undefined ? null : { cursor: encodeIdCursor({ direction, id: row.id }) };
    return {
      rows,
      neighbours: {
        next: more || this.#isBefore ? to('next', rows.at(-1)) : null,
        previous: (this.#isBefore ? more : this.#cursor !== null) ? to('previous', rows[0]) : null,
      },
    };
  }

  get #isBefore(): boolean {
    return this.#cursor?.direction === 'previous';
  }
}
