import type { SeriesQuery } from '../contract/series.js';
import type { SqlExecutor } from '../database/database.js';
import type { Groups, Movement } from './movements.js';
import { beginning, cutBy, DAY_MS, type Facet, HOUR_MS, type Span } from './series-cells.js';
import type { SeriesRange } from './series-range.js';

/** Which tickets, and by what they are grouped. An absent facet means any. */
export interface SeriesSelection {
  readonly category?: SeriesQuery['category'];
  readonly priority?: SeriesQuery['priority'];
  /** A person's id, or `none`. */
  readonly assignee?: string | undefined;
  readonly groupBy?: Facet | undefined;
}

/** What was added up of a group within one step of the range. */
export interface SeriesRow {
  /** '' without groups. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly inflow: number;
  readonly outflow: number;
  readonly backlog: number;
  /** The elements of stored histograms, with blanks between; null: none. */
  readonly first_response: string | null;
  readonly resolution: string | null;
}

/** By how much a group's backlog has changed since the range's end. */
export interface LaterRow {
  readonly key: string;
  readonly backlog: number;
}

const FACETS = ['category', 'priority', 'assignee'] as const;

export const includes = (selection: SeriesSelection, movement: Groups): boolean =>
  (selection.category?.includes(movement.category) ?? true) &&
  (selection.priority?.includes(movement.priority) ?? true) &&
  (selection.assignee ?? movement.assignee) === movement.assignee;

export const keyOf = ({ groupBy }: SeriesSelection, movement: Movement): string =>
  groupBy === undefined ? '' : movement[groupBy];

/** The range, by steps and groups; steps in which nothing happened are not there. */
export async function readRange(
  { span, from, to }: SeriesRange,
  selection: SeriesSelection,
  execute: SqlExecutor,
): Promise<SeriesRow[]> {
  const { key, of, values } = cells(selection);
  const elements = (column: string) => `string_agg(array_to_string(${column}, ' '), ' ') as ${column}`;
  const { rows } = await execute<SeriesRow>(
    `select ${key} as key, extract(epoch from at)::float8 * 1000 as at, sum(inflow)::int as inflow,
            sum(outflow)::int as outflow, sum(backlog)::int as backlog, ${elements('first_response')},
            ${elements('resolution')}
     from series_cell where ${of(span, from, to)} group by 1, at`,
    values,
  );
  return rows;
}

/** All after the range: hours to the end of its last day, and then days. */
export async function readLater(
  { to }: SeriesRange,
  selection: SeriesSelection,
  execute: SqlExecutor,
): Promise<LaterRow[]> {
  const { key, of, values } = cells(selection);
  const nextDay = beginning(to + DAY_MS - HOUR_MS, 24);
  const { rows } = await execute<LaterRow>(
    `select key, sum(backlog)::int as backlog from (
       select ${key} as key, backlog from series_cell where ${of(1, to, nextDay)}
       union all select ${key}, backlog from series_cell where ${of(24, nextDay)}) later
     group by 1`,
    values,
  );
  return rows;
}

/** Conditions and parameters by which the smallest kept cut that knows all asked facets is read. */
function cells(selection: SeriesSelection) {
  const { category, priority, assignee, groupBy } = selection;
  const asked = FACETS.filter((facet) => facet === groupBy || selection[facet] !== undefined);
  const values: unknown[] = [];
  const given = <Value>(value: Value | undefined, condition: (parameter: string) => string): string[] =>
    value === undefined ? [] : [condition(`$${values.push(value)}`)];
  const facets = [
    ...given(category, (parameter) => `category = any (${parameter})`),
    ...given(priority, (parameter) => `priority = any (${parameter})`),
    ...given(assignee, (parameter) => `assignee = ${parameter}`),
  ];
  const moment = (ms: number) => `to_timestamp(${ms / 1_000})`;
  const of = (span: Span, from: number, to?: number): string =>
    [
      `span = ${span}`,
      `cut = ${cutBy(span, asked)}`,
      `at >= ${moment(from)}`,
      ...(to === undefined ? [] : [`at < ${moment(to)}`]),
      ...facets,
    ].join(' and ');
  return { key: groupBy ?? `''::text`, of, values };
}
