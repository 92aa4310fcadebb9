import type { StatsCounts } from '../contract/stats.js';
import {
  CATEGORIES,
  PRIORITIES,
  STATUSES,
  type Category,
  type Priority,
  type Status,
  type TicketRow,
} from '../contract/ticket.js';
import type { LoggedEvent } from '../event-log/logged-event.js';

/** The statuses of tickets that somebody still waits for. */
export const UNSOLVED: readonly Status[] = ['open', 'in_progress'];

const DAY_MS = 86_400_000;
const CELLS = STATUSES.length * PRIORITIES.length * CATEGORIES.length;
const UNASSIGNED = '';

/** Number of the UTC day since 1970 that holds a moment. */
export const utcDay = (moment: string | number | Date): number =>
  Math.floor((typeof moment === 'number' ? moment : new Date(moment).getTime()) / DAY_MS);

/** What of a ticket the fold counts by. */
export interface Facets {
  readonly status: Status;
  readonly priority: Priority;
  readonly category: Category;
  readonly assigneeId: string | null;
  readonly createdDay: number;
}

/** Which tickets to count; an absent field means any. `assignee` is a person's id or `none`. */
export interface FacetFilter {
  readonly status?: readonly Status[] | undefined;
  readonly priority?: readonly Priority[] | undefined;
  readonly category?: readonly Category[] | undefined;
  readonly assignee?: string | undefined;
}

const cellOf = (status: Status, priority: Priority, category: Category): number =>
  (STATUSES.indexOf(status) * PRIORITIES.length + PRIORITIES.indexOf(priority)) * CATEGORIES.length +
  CATEGORIES.indexOf(category);

/**
 * Counts of all tickets as a fold over the log. At the same position every process holds the same counts,
 * whatever the number of tickets; each event costs O(1) and carries all that is needed.
 */
export class Fold {
  /** Tickets by status × priority × category: all of them, and by assignee ('' for none). */
  readonly #all: Int32Array;
  readonly #byAssignee: Map<string, Int32Array>;
  readonly #createdByDay: Map<number, number>;
  readonly #resolvedByDay: Map<number, number>;

  /** Empty, or a copy of `source`. */
  constructor(source: Fold | null = null) {
    this.#all = source === null ? new Int32Array(CELLS) : source.#all.slice();
    this.#byAssignee = new Map(
      source === null ? [] : [...source.#byAssignee].map(([id, cells]) => [id, cells.slice()]),
    );
    this.#createdByDay = new Map(source === null ? [] : source.#createdByDay);
    this.#resolvedByDay = new Map(source === null ? [] : source.#resolvedByDay);
  }

  /** Takes an event in; with `sign` -1 takes it back out again. */
  apply({ event, row }: LoggedEvent, sign: 1 | -1 = 1): void {
    if (row === null) return;
    const after = facetsOf(row);
    switch (event.type) {
      case 'ticket.created':
        this.#add(after, sign);
        break;
      case 'ticket.deleted':
        this.#add(after, sign === 1 ? -1 : 1);
        break;
      case 'ticket.updated': {
        this.#add(facetsBefore(after, event.changes), sign === 1 ? -1 : 1);
        this.#add(after, sign);
        if (event.changes.status?.[1] === 'resolved') this.addResolved(utcDay(event.at), sign);
        break;
      }
      default:
        break;
    }
  }

  /** Counts `count` tickets with these facets, but not their days: a row of the baseline. */
  addCell(facets: Omit<Facets, 'createdDay'>, count: number): void {
    const cell = cellOf(facets.status, facets.priority, facets.category);
    this.#all[cell]! += count;
    const id = facets.assigneeId ?? UNASSIGNED;
    let cells = this.#byAssignee.get(id);
    if (cells === undefined) this.#byAssignee.set(id, (cells = new Int32Array(CELLS)));
    cells[cell]! += count;
  }

  addCreated(day: number, count: number): void {
    addTo(this.#createdByDay, day, count);
  }

  addResolved(day: number, count: number): void {
    addTo(this.#resolvedByDay, day, count);
  }

  /** Exact number of tickets that a combination of facets has. */
  count(filter: FacetFilter): number {
    const cells =
      filter.assignee === undefined
        ? this.#all
        : this.#byAssignee.get(filter.assignee === 'none' ? UNASSIGNED : filter.assignee);
    if (cells === undefined) return 0;
    let sum = 0;
    for (const status of filter.status ?? STATUSES) {
      for (const priority of filter.priority ?? PRIORITIES) {
        for (const category of filter.category ?? CATEGORIES)
          sum += cells[cellOf(status, priority, category)]!;
      }
    }
    return sum;
  }

  /** Exact number of tickets that were created on the UTC days from `first` up to, without, `end`. */
  createdOn(first: number, end: number): number {
    let sum = 0;
    for (const [day, count] of this.#createdByDay) if (day >= first && day < end) sum += count;
    return sum;
  }

  /** Everybody who has or had a ticket, and `none`: whoever is not named has none. */
  assignees(): string[] {
    return [...this.#byAssignee.keys()].map((id) => (id === UNASSIGNED ? 'none' : id));
  }

  /** The figures as they stand on the UTC day `today`. */
  figures(today: number): StatsCounts {
    const total = this.count({});
    const breakdown = <Key extends 'status' | 'priority' | 'category', Value extends string>(
      key: Key,
      values: readonly Value[],
    ) =>
      Object.fromEntries(values.map((value) => [value, this.count({ [key]: [value] })])) as Record<
        Value,
        number
      >;
    const byStatus = breakdown('status', STATUSES);
    return {
      total_tickets: total,
      open_tickets: byStatus.open,
      avg_tickets_per_day: this.#createdByDay.size === 0 ? 0 : total / this.#createdByDay.size,
      priority_breakdown: breakdown('priority', PRIORITIES),
      category_breakdown: breakdown('category', CATEGORIES),
      status_breakdown: byStatus,
      unassigned_open: this.count({ status: ['open'], assignee: 'none' }),
      created_today: this.#createdByDay.get(today) ?? 0,
      resolved_today: this.#resolvedByDay.get(today) ?? 0,
    };
  }

  /** Where two folds of the same position differ, in words; null when they agree on all of `today`'s figures. */
  difference(other: Fold, today: number): string | null {
    const ids = new Set([...this.#byAssignee.keys(), ...other.#byAssignee.keys()]);
    for (const id of ids) {
      const mine = this.#byAssignee.get(id) ?? new Int32Array(CELLS);
      const theirs = other.#byAssignee.get(id) ?? new Int32Array(CELLS);
      if (mine.some((count, cell) => count !== theirs[cell])) return `tickets of assignee "${id}"`;
    }
    const days = new Set([...this.#createdByDay.keys(), ...other.#createdByDay.keys()]);
    for (const day of days) {
      if (this.#createdByDay.get(day) !== other.#createdByDay.get(day))
        return `tickets created on day ${day}`;
    }
    const resolved = [this, other].map((fold) => fold.#resolvedByDay.get(today) ?? 0);
    return resolved[0] === resolved[1] ? null : 'tickets resolved today';
  }

  /** Forgets days that no figure asks for any more. */
  forgetResolvedBefore(day: number): void {
    for (const known of this.#resolvedByDay.keys()) if (known < day) this.#resolvedByDay.delete(known);
  }

  #add(facets: Facets, count: number): void {
    this.addCell(facets, count);
    this.addCreated(facets.createdDay, count);
  }
}

function addTo(days: Map<number, number>, day: number, count: number): void {
  const sum = (days.get(day) ?? 0) + count;
  // A day without tickets is not there: the mean is over days that had one.
  if (sum === 0) days.delete(day);
  else days.set(day, sum);
}

export const facetsOf = (row: TicketRow): Facets => ({
  status: row.status,
  priority: row.priority,
  category: row.category,
  assigneeId: row.assignee?.id ?? null,
  createdDay: utcDay(row.created_at),
});

export function facetsBefore(after: Facets, changes: LoggedEvent['event']['changes']): Facets {
  const { status, priority, category, assignee, created_at: createdAt } = changes;
  return {
    status: status === undefined ? after.status : (status[0] as Status),
    priority: priority === undefined ? after.priority : (priority[0] as Priority),
    category: category === undefined ? after.category : (category[0] as Category),
    assigneeId: assignee === undefined ? after.assigneeId : (assignee[0] as string | null),
    createdDay: createdAt === undefined ? after.createdDay : utcDay(createdAt[0] as string),
  };
}
