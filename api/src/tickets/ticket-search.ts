import { SEARCH_COUNT_MAX } from '../contract/queries.js';
import type { Statement } from '../database/database.js';
import type { ListCursor } from './list-cursor.js';
import {
  beyond,
  conditions,
  hasFacets,
  type ListRequest,
  orderBy,
  Parameters,
  rowLimit,
  scanOf,
  where,
} from './list-request.js';
import { matching, page, slice } from './ticket-list.query.js';

export type SearchRequest = ListRequest & { readonly search: string };

/** The whole range of (created_at, id), exclusive. */
const FIRST_ID = '-9223372036854775808';
const LAST_ID = '9223372036854775807';

interface Find {
  readonly need: number;
  readonly countMax: number;
  readonly newestFirst: boolean;
  readonly cursor?: ListCursor | null;
  /** Whether the facets count, or only search and time. */
  readonly filtered: boolean;
}

/**
 * Page and count of a search in order of creation. Each row has `seen`, the matches counted, and the columns of a
 * ticket, which are null when the page is empty.
 */
export function searchByCreation(request: SearchRequest): Statement {
  const scan = scanOf(request);
  const parameters = new Parameters();
  const need = scan.offset + scan.limit;
  const call = { need, newestFirst: scan.direction === 'desc', filtered: hasFacets(request.facets) };
  const counting = { ...call, countMax: SEARCH_COUNT_MAX };
  const paging = { ...call, countMax: -1, cursor: scan.cursor };
  const found =
    scan.cursor === null
      ? find(request, parameters, counting)
      : `(select counted.seen, paged.ids
    from ${find(request, parameters, { ...counting, need: 0 })} counted,
      ${find(request, parameters, paging)} paged)`;
  const from = scan.offset === 0 ? 'found.ids' : `found.ids[${parameters.add(scan.offset + 1, 'integer')}:]`;
  const keys = `select unnest(${from}) as id limit ${rowLimit(scan.limit, parameters)}`;
  return parameters.statement(
    `select found.seen, r.* from ${found} found left join lateral (${page(keys, scan)}) r on true`,
  );
}

/** All matches of search and time, whatever their facets: `ids`, `seen`; with more than `max` seen, some of them. */
export function searchAll(request: SearchRequest, max: number): Statement {
  const parameters = new Parameters();
  const call = { need: -1, countMax: max, newestFirst: true, filtered: false };
  return parameters.statement(`select seen, ids from ${find(request, parameters, call)}`);
}

/** Page and count among matches that are known. Rows as of `searchByCreation`. */
export function searchAmong(ids: readonly string[], request: SearchRequest): Statement {
  const parameters = new Parameters();
  const hits = `unnest(${parameters.add(ids, 'bigint[]')}) hit join ticket t on t.id = hit`;
  return whole(`${hits} ${where(conditions(request, parameters))}`, request, parameters);
}

/** Page and count of a search among tickets that the facets make few. Rows as of `searchByCreation`. */
export function searchByFacets(request: SearchRequest): Statement {
  const parameters = new Parameters();
  const from = `${matching(request, parameters)} ${matchingText(request, parameters)}`;
  return whole(from, request, parameters);
}

/** A page of a search that matches much, in an order that its own index gives; without `seen`. */
export function searchByWalk(request: SearchRequest): Statement {
  const scan = scanOf(request);
  const parameters = new Parameters();
  const all = [...conditions(request, parameters), ...beyond(scan, 't', parameters)];
  const from = `ticket t ${matchingText(request, parameters)}`;
  const keys = `select t.id from ${from} ${where(all)} ${orderBy(scan, 't')} ${slice(scan, parameters)}`;
  return parameters.statement(page(keys, scan));
}

/** The count of `searchByWalk`: `seen`. */
export function searchCount(request: SearchRequest): Statement {
  const parameters = new Parameters();
  const call = {
    need: 0,
    countMax: SEARCH_COUNT_MAX,
    newestFirst: true,
    filtered: hasFacets(request.facets),
  };
  return parameters.statement(`select seen from ${find(request, parameters, call)}`);
}

function whole(from: string, request: SearchRequest, parameters: Parameters): Statement {
  const scan = scanOf(request);
  const keys = `select m.id from m ${where(beyond(scan, 'm', parameters))}
    ${orderBy(scan, 'm')} ${slice(scan, parameters)}`;
  return parameters.statement(`with m as materialized (select t.id, t.${scan.column} from ${from})
    select found.seen, r.* from (select count(*) as seen from m) found left join lateral (${page(keys, scan)}) r on true`);
}

/** Only where the text of `t` matches. The offset keeps the planner from reading all texts for a join. */
const matchingText = ({ search }: SearchRequest, parameters: Parameters): string =>
  `cross join lateral (
      select from ticket_text x where x.ticket_id = t.id
        and x.search like all (ticket_text_patterns(${parameters.add(search, 'text')})) offset 0) x`;

/** A call of the database's `find_tickets`: see there. */
function find(request: SearchRequest, parameters: Parameters, call: Find): string {
  const { facets, search } = request;
  const { lower, upper } = range(request, call);
  const facet = <Value>(value: Value | undefined) => (call.filtered ? (value ?? null) : null);
  const unassigned = facets.assignee === 'none';
  return `find_tickets(${[
    parameters.add(search, 'text'),
    parameters.add(lower.key, 'timestamptz'),
    parameters.add(lower.id, 'bigint'),
    parameters.add(upper.key, 'timestamptz'),
    parameters.add(upper.id, 'bigint'),
    parameters.add(facet(facets.status), 'text[]'),
    parameters.add(facet(facets.category), 'text[]'),
    parameters.add(facet(facets.priority), 'text[]'),
    parameters.add(facet(unassigned ? true : undefined), 'boolean'),
    parameters.add(facet(unassigned ? undefined : facets.assignee), 'text'),
    parameters.add(call.newestFirst, 'boolean'),
    parameters.add(call.need, 'integer'),
    parameters.add(call.countMax, 'integer'),
  ].join(', ')})`;
}

/** Exclusive ends on (created_at, id): the bounds that are asked for, or the cursor where it is tighter. */
function range({ createdAfter, createdBefore }: SearchRequest, { cursor, newestFirst }: Find) {
  const lower = { key: createdAfter?.toISOString() ?? '-infinity', id: FIRST_ID };
  const upper =
    createdBefore === undefined
      ? { key: 'infinity', id: LAST_ID }
      : { key: createdBefore.toISOString(), id: FIRST_ID };
  if (!cursor) return { lower, upper };
  const at = Date.parse(cursor.key as string);
  const inside =
    (createdAfter === undefined || at >= createdAfter.getTime()) &&
    (createdBefore === undefined || at < createdBefore.getTime());
  if (!inside) return { lower, upper };
  return newestFirst ? { lower, upper: cursor } : { lower: cursor, upper };
}
