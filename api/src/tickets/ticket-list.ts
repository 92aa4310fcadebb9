import { SEARCH_COUNT_MAX } from '../contract/queries.js';
import type { Session, Statement } from '../database/database.js';
import { cursorAt, type ListCursor } from './list-cursor.js';
import { type FacetCounts, hasFacets, type ListRequest } from './list-request.js';
import { countStatement, countWithin, listStatement } from './ticket-list.query.js';
import type { TicketRecord } from './ticket-record.js';
import {
  searchAll,
  searchAmong,
  searchByCreation,
  searchByFacets,
  searchByWalk,
  searchCount,
  type SearchRequest,
} from './ticket-search.js';
import { wholeDays } from './whole-days.js';

/** A page of tickets; `next` and `previous` are null where there is nothing more. */
export interface TicketPage {
  readonly count: number;
  readonly countExact: boolean;
  readonly rows: readonly TicketRecord[];
  readonly next: ListCursor | null;
  readonly previous: ListCursor | null;
}

interface Found {
  readonly count: number;
  readonly countExact: boolean;
  readonly rows: TicketRecord[];
}

/** So many matches, or tickets that the facets leave, are read one by one. */
const FEW = 2_000;

/** Reads a page of tickets with its count, in one statement or two. */
export async function readTicketPage(
  request: ListRequest,
  counts: FacetCounts,
  database: Pick<Session, 'query'>,
): Promise<TicketPage> {
  const query = <Row extends object>(statement: Statement) => database.query<Row>(statement);
  const { search } = request;
  const found =
    search === undefined || search.trim() === ''
      ? await list(request, counts, query)
      : await find({ ...request, search }, counts, query);
  return pageOf(request, found);
}

type Query = <Row extends object>(statement: Statement) => Promise<Row[]>;

async function list(request: ListRequest, counts: FacetCounts, query: Query): Promise<Found> {
  const rows = await query<TicketRecord>(listStatement(request, counts));
  return { count: await countOf(request, counts, query), countExact: true, rows };
}

/** By the fold wherever it knows: facets, or whole days; SQL counts the rest, and facets within a time. */
async function countOf(request: ListRequest, counts: FacetCounts, query: Query): Promise<number> {
  const bySql = async (statement: Statement) => (await query<{ count: number }>(statement))[0]!.count;
  if (request.createdAfter === undefined && request.createdBefore === undefined) {
    return counts.count(request.facets);
  }
  const days = hasFacets(request.facets) ? null : wholeDays(request);
  if (days === null) return bySql(countStatement(request));
  const rest = days.rest.length === 0 ? 0 : await bySql(countWithin(days.rest));
  return counts.createdOn(days.first, days.end) + rest;
}

/**
 * Without facets, in order of creation, one statement does. Else all matches of the text are gathered first: few
 * are then filtered and sorted as they are. When they are many, either the facets leave fewer tickets to read than
 * the text, or matches with these facets cannot be far, and are read in order until the page is full.
 */
async function find(request: SearchRequest, counts: FacetCounts, query: Query): Promise<Found> {
  const byCreation = request.ordering.endsWith('created_at');
  const filtered = hasFacets(request.facets);
  if (byCreation && !filtered) return counted(await query(searchByCreation(request)));
  const [all] = await query<{ seen: string; ids: string[] }>(searchAll(request, FEW));
  if (all === undefined || Number(all.seen) <= FEW)
    return counted(await query(searchAmong(all?.ids ?? [], request)));
  if (filtered && facetsLeaveFewer(all.ids, counts.count(request.facets), counts.count({})))
    return counted(await query(searchByFacets(request)));
  if (byCreation) return counted(await query(searchByCreation(request)));
  const [count] = filtered ? await query<{ seen: string }>(searchCount(request)) : [all];
  const rows = await query<TicketRecord>(searchByWalk(request));
  return { ...bounded(Number(count?.seen ?? 0)), rows };
}

/**
 * @param ids the newest matches of the text; how close together they lie tells how many there are in all
 * @param left tickets that the facets leave, of `total`
 */
function facetsLeaveFewer(ids: readonly string[], left: number, total: number): boolean {
  const numbers = ids.map(Number);
  const newest = numbers.reduce((a, b) => Math.max(a, b), 1);
  const oldest = numbers.reduce((a, b) => Math.min(a, b), newest);
  const matches = (ids.length * newest) / (newest - oldest + 1);
  // Evenly spread, so many matches of the text hold as many of the facets' as are counted.
  const enough = (SEARCH_COUNT_MAX * total) / left;
  return left <= Math.max(FEW, Math.min(matches, enough));
}

function counted(rows: (TicketRecord & { seen: string })[]): Found {
  // A page without rows is one row without a ticket: the count is there all the same.
  return { ...bounded(Number(rows[0]?.seen ?? 0)), rows: rows.filter(({ id }) => id !== null) };
}

const bounded = (seen: number) => ({
  count: Math.min(seen, SEARCH_COUNT_MAX),
  countExact: seen <= SEARCH_COUNT_MAX,
});

/** Rows come in the order of the scan, one more than the page holds if there are more. */
function pageOf(request: ListRequest, { rows: read, ...count }: Found): TicketPage {
  const { ordering, pageSize, from } = request;
  const cursor = 'ordering' in from ? from : null;
  const more = read.length > pageSize;
  const backwards = cursor?.direction === 'previous';
  const rows = read.slice(0, pageSize);
  if (backwards) rows.reverse();
  const before = backwards ? more : cursor !== null || ('offset' in from && from.offset > 0);
  const behind = backwards ? true : more;
  const first = rows[0];
  const last = rows.at(-1);
  return {
    ...count,
    rows,
    next: behind && last !== undefined ? cursorAt(last, ordering, 'next') : null,
    previous: before && first !== undefined ? cursorAt(first, ordering, 'previous') : null,
  };
}
