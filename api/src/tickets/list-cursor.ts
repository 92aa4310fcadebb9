import { ORDERINGS, type Ordering } from '../contract/queries.js';
import { PRIORITIES } from '../contract/ticket.js';
import type { TicketRecord } from './ticket-record.js';

/** A place in a list that stays right while rows come and go: between a row and the next. */
export interface ListCursor {
  readonly ordering: Ordering;
  /** Whether the page lies behind the row or before it. */
  readonly direction: 'next' | 'previous';
  /** The row's value of the ordering's column: a moment in ISO 8601, or the rank of its priority. */
  readonly key: string | number;
  readonly id: string;
}

const INSTANT = /^-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ID = /^-?\d{1,18}$/;

/** The cursor at a row of a list. */
export function cursorAt(
  row: TicketRecord,
  ordering: Ordering,
  direction: ListCursor['direction'],
): ListCursor {
  const key =
    columnOf(ordering) === 'priority_rank'
      ? PRIORITIES.indexOf(row.priority)
      : ordering.endsWith('updated_at')
        ? row.updated_at
        : row.created_at;
  return { ordering, direction, key, id: row.id };
}

/** Opaque text for a link. */
export function encodeCursor({ ordering, direction, key, id }: ListCursor): string {
  return Buffer.from(JSON.stringify([ORDERINGS.indexOf(ordering), direction[0], key, id])).toString(
    'base64url',
  );
}

/** The cursor that a link holds, or null: not one of ours, or of a list in another order. */
export function decodeCursor(text: string, ordering: Ordering): ListCursor | null {
  const parts = parse(text);
  if (!Array.isArray(parts) || parts.length !== 4) return null;
  const [order, way, key, id] = parts as unknown[];
  if (order !== ORDERINGS.indexOf(ordering) || typeof id !== 'string' || !ID.test(id)) return null;
  if (way !== 'n' && way !== 'p') return null;
  const valid =
    columnOf(ordering) === 'priority_rank'
      ? typeof key === 'number' && PRIORITIES[key] !== undefined
      : typeof key === 'string' && INSTANT.test(key) && !Number.isNaN(Date.parse(key));
  if (!valid) return null;
  return { ordering, direction: way === 'n' ? 'next' : 'previous', key: key as string | number, id };
}

/** The column that an ordering sorts by; ties go by id, in the same direction. */
export function columnOf(ordering: Ordering): 'created_at' | 'updated_at' | 'priority_rank' {
  const name = ordering.replace('-', '');
  return name === 'priority' ? 'priority_rank' : (name as 'created_at' | 'updated_at');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
}
