import { CATEGORIES, PRIORITIES, STATUSES } from '../contract/ticket.js';
import type { Statement } from '../database/database.js';
import {
  beyond,
  bounds,
  conditions,
  type FacetCounts,
  hasFacets,
  type ListRequest,
  orderBy,
  Parameters,
  rowLimit,
  type Scan,
  scanOf,
  type Stretch,
  where,
} from './list-request.js';
import { TICKET_COLUMNS } from './ticket-record.js';

/** So many of the newest tickets are looked at before the facets' index is asked. */
const NEAR = 300;

/**
 * The rows of a page without search, as TicketRecord, in the order of the scan, one more than the page holds.
 *
 * By time of creation with facets: the newest tickets are looked at first, since that is where most questions find
 * their page; if they do not fill it, each combination of facets gives its own first rows by the index, and the
 * first of those are the page. Both are bounded whatever the size of the table. By another order with facets:
 * the order's index is walked, unless the tickets in question are so few that sorting them all is cheaper.
 */
export function listStatement(request: ListRequest, counts: FacetCounts): Statement {
  const scan = scanOf(request);
  const parameters = new Parameters();
  return parameters.statement(page(keysOf(request, scan, parameters, counts), scan));
}

function keysOf(request: ListRequest, scan: Scan, parameters: Parameters, counts: FacetCounts): string {
  const { facets } = request;
  if (!hasFacets(facets)) return walk(request, scan, parameters);
  if (scan.column === 'created_at') return byCombination(request, scan, parameters);
  return fewEnough(counts.count(facets), scan, counts.count({}))
    ? sorted(request, scan, parameters)
    : walk(request, scan, parameters);
}

/** Counts exactly; only for bounds in time, the fold knows the rest. Its row has `count`. */
export function countStatement(request: ListRequest): Statement {
  const parameters = new Parameters();
  return parameters.statement(
    `select count(*)::int as count from ${
      hasFacets(request.facets)
        ? matching(request, parameters)
        : `ticket t ${where(conditions(request, parameters))}`
    }`,
  );
}

/** Counts exactly the tickets created in any of the stretches of time; `count` as above. */
export function countWithin(stretches: readonly Stretch[]): Statement {
  const parameters = new Parameters();
  const counts = stretches.map(
    (stretch) => `(select count(*) from ticket t ${where(bounds(stretch, parameters))})`,
  );
  return parameters.statement(`select (${counts.join(' + ')})::int as count`);
}

/** From the ids that `keys` gives to the rows. */
export const page = (keys: string, scan: Scan): string =>
  `select ${TICKET_COLUMNS} from (${keys}) k join ticket on ticket.id = k.id ${orderBy(scan, 'ticket')}`;

export const slice = ({ offset, limit }: Scan, parameters: Parameters): string =>
  `limit ${rowLimit(limit, parameters)}${offset === 0 ? '' : ` offset ${parameters.add(offset, 'bigint')}`}`;

/** All tickets `t` with the facets and within the bounds, through the index that holds just those. */
export function matching(request: ListRequest, parameters: Parameters): string {
  const { rows, match } = combinations(request, parameters);
  // The offset keeps the planner from reading the whole table for a join.
  return `${rows} cross join lateral (
      select * from ticket t ${where([...match, ...bounds(request, parameters)])} offset 0) t`;
}

const isPerson = (assignee: string | undefined): assignee is string =>
  assignee !== undefined && assignee !== 'none';

/** A walk passes total / matching rows for each that it wants; a sort reads all that match. */
const fewEnough = (matching: number, { offset, limit }: Scan, total: number): boolean =>
  matching * matching <= (offset + limit) * total;

function walk(request: ListRequest, scan: Scan, parameters: Parameters): string {
  const all = [...conditions(request, parameters), ...beyond(scan, 't', parameters)];
  return `select t.id from ticket t ${where(all)} ${orderBy(scan, 't')} ${slice(scan, parameters)}`;
}

function sorted(request: ListRequest, scan: Scan, parameters: Parameters): string {
  return `with m as materialized (select t.id, t.${scan.column} from ${matching(request, parameters)})
    select m.id from m ${where(beyond(scan, 'm', parameters))} ${orderBy(scan, 'm')} ${slice(scan, parameters)}`;
}

function byCombination(request: ListRequest, scan: Scan, parameters: Parameters): string {
  const wanted = rowLimit(scan.offset + scan.limit, parameters);
  const range = [...bounds(request, parameters), ...beyond(scan, 't', parameters)];
  const { rows, match } = combinations(request, parameters);
  const far = (gate: string) => `
    select f.id, f.created_at from ${rows} cross join lateral (
      select t.id, t.created_at from ticket t ${where([...match, ...range])}
      ${orderBy(scan, 't')} limit ${wanted}) f ${gate}`;
  const pick = (from: string) =>
    `select m.id from (${from}) m ${orderBy(scan, 'm')} ${slice(scan, parameters)}`;
  if (scan.offset + scan.limit > NEAR) return pick(far(''));
  const facets = conditions({ ...request, createdAfter: undefined, createdBefore: undefined }, parameters);
  const full = `(select count(*) from near) >= ${wanted}`;
  return `with near as materialized (
    select t.id, t.created_at from (
      select t.* from ticket t ${where(range)} ${orderBy(scan, 't')} limit ${NEAR}) t
    ${where(facets)} ${orderBy(scan, 't')} limit ${wanted}
  ) ${pick(`select near.id, near.created_at from near where ${full}
    union all ${far(`where not ${full}`)}`)}`;
}

interface Combinations {
  /** Rows of `c`. One that no ticket has costs one descent of the index. */
  readonly rows: string;
  /** That the ticket `t` is of the combination `c`; just what an index holds in order of creation. */
  readonly match: readonly string[];
}

/** The combinations of facets in question: of a person, the statuses; else of status, category and priority. */
function combinations({ facets }: ListRequest, parameters: Parameters): Combinations {
  const { status = STATUSES, category, priority, assignee } = facets;
  if (isPerson(assignee)) {
    const one = (name: 'category' | 'priority') =>
      facets[name] === undefined ? [] : [`t.${name} = any (${parameters.add(facets[name], 'text[]')})`];
    return {
      rows: `unnest(${parameters.add(status, 'text[]')}) c(status)`,
      match: [
        `t.assignee_id = ${parameters.add(assignee, 'text')}`,
        't.status = c.status',
        ...one('category'),
        ...one('priority'),
      ],
    };
  }
  const all = status.flatMap((ofStatus) =>
    (category ?? CATEGORIES).flatMap((ofCategory) =>
      (priority ?? PRIORITIES).map((ofPriority) => [ofStatus, ofCategory, ofPriority] as const),
    ),
  );
  const column = (index: 0 | 1 | 2) =>
    parameters.add(
      all.map((combination) => combination[index]),
      'text[]',
    );
  return {
    rows: `unnest(${column(0)}, ${column(1)}, ${column(2)}) c(status, category, priority)`,
    match: [
      't.status = c.status and t.category = c.category and t.priority = c.priority',
      ...(assignee === 'none' ? ['t.assignee_id is null'] : []),
    ],
  };
}
