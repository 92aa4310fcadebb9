import type { Ordering, TicketList } from '#contract/queries';
import type { TicketRow } from '#contract/ticket';

import { comparison, matches, type Compare, type Match, type TicketFilter } from './filter.js';

/** Looks up the row of a ticket as it is shown; undefined: not known, or deleted. */
export type RowOf = (id: number) => TicketRow | undefined;

/**
 * The part of an ordered, filtered list that has been read, kept current from rows. It reaches from the
 * first to the last row read; at an end of the whole list it is open, so that new rows enter there.
 */
export class ListWindow {
  readonly #filter: TicketFilter;
  readonly #compare: Compare;
  readonly #first: TicketRow | undefined;
  #last: TicketRow | undefined;
  readonly #empty: boolean;
  /** Tickets that the server found where a row alone cannot say. */
  readonly #found = new Set<number>();
  #ids: readonly number[] = [];

  /** @param page the first page read; the window begins with it */
  constructor(filter: TicketFilter, ordering: Ordering, page: TicketList) {
    this.#filter = filter;
    this.#compare = comparison(ordering);
    this.#first = page.previous === null ? undefined : page.results[0];
    // A page past the end: nothing that happens before it belongs to it.
    this.#empty = page.previous !== null && page.results.length === 0;
    this.extend(page);
  }

  /** The tickets of the window, in order; the same array until one of them changes. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** The window now reaches to the end of the next page. Rows are placed by `place`. */
  extend(page: TicketList): void {
    this.#last = page.next === null ? undefined : (page.results.at(-1) ?? this.#last);
    for (const { id } of page.results) this.#found.add(id);
  }

  /** Reaches as far down as another window of the same list did, which a shorter answer takes the place of. */
  reachAs(other: ListWindow, rowOf: RowOf): void {
    const end = this.#last;
    if (end === undefined || other.#last === end) return;
    for (const id of other.#found) {
      const row = rowOf(id);
      if (row !== undefined && this.#compare(row, end) > 0) this.#found.add(id);
    }
    this.#last = other.#last;
  }

  /** A ticket's text is another one: what the server found before proves nothing. */
  doubt(id: number): void {
    this.#found.delete(id);
  }

  /**
   * Puts tickets where they belong now, or out. Ordering and filter see only `rowOf`.
   *
   * @returns the tickets that only the server can decide; they stay where they are
   */
  place(ids: ReadonlySet<number>, rowOf: RowOf): readonly number[] {
    const kept = new Set(this.#ids);
    const undecided: number[] = [];
    const placed: TicketRow[] = [];
    for (const id of ids) {
      const row = rowOf(id);
      const match = row === undefined ? 'no' : this.#match(row);
      if (match === 'unknown') undecided.push(id);
      if (row !== undefined && (match === 'yes' || (match === 'unknown' && kept.has(id)))) placed.push(row);
    }
    const others = this.#ids.filter((id) => !ids.has(id));
    if (placed.length === 0 && others.length === this.#ids.length) return undecided;
    this.#ids = merge(others, placed.sort(this.#compare), rowOf, this.#compare);
    return undecided;
  }

  #match(row: TicketRow): Match {
    if (this.#empty) return 'no';
    if (this.#first !== undefined && this.#compare(row, this.#first) < 0) return 'no';
    if (this.#last !== undefined && this.#compare(row, this.#last) > 0) return 'no';
    const match = matches(row, this.#filter);
    return match === 'unknown' && this.#found.has(row.id) ? 'yes' : match;
  }
}

/** Two ordered lists into one. */
function merge(
  ids: readonly number[],
  rows: readonly TicketRow[],
  rowOf: RowOf,
  compare: Compare,
): readonly number[] {
  const merged: number[] = [];
  let next = 0;
  for (const id of ids) {
    const row = rowOf(id);
    for (; row && next < rows.length && compare(rows[next]!, row) < 0; next += 1) merged.push(rows[next]!.id);
    merged.push(id);
  }
  for (; next < rows.length; next += 1) merged.push(rows[next]!.id);
  return merged;
}
