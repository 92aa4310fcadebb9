import type { Category, Priority, TicketRow } from '../contract/ticket.js';
import type { LoggedEvent } from '../event-log/logged-event.js';
import { type Facets, facetsBefore, facetsOf, UNSOLVED } from '../stats/fold.js';

/** By what series can be grouped and filtered. */
export interface Groups {
  readonly category: Category;
  readonly priority: Priority;
  /** A person's id, or `none`. */
  readonly assignee: string;
}

/** What one event added to the series of tickets that are alike. */
export interface Movement extends Groups {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly inflow: 0 | 1;
  readonly outflow: 0 | 1;
  readonly backlog: -1 | 0 | 1;
  readonly firstResponseMs: number | null;
  readonly resolutionMs: number | null;
}

const isUnsolved = ({ status }: Facets): boolean => UNSOLVED.includes(status);

const STILL = { inflow: 0, outflow: 0, backlog: 0, firstResponseMs: null, resolutionMs: null } as const;

/**
 * What an event means for the series. One that changes the facets of an unsolved ticket moves it from one backlog to
 * another, and is no in- or outflow of either; all else counts for the ticket as it is after the event. A ticket that
 * comes solved, by an import, came and went, but nobody can say how long that took.
 * @param responded of a comment that is a ticket's first response, the ticket as it was then
 */
export function movementsOf({ event, row }: LoggedEvent, responded: TicketRow | undefined): Movement[] {
  const at = Date.parse(event.at);
  if (responded !== undefined) {
    const firstResponseMs = at - Date.parse(responded.created_at);
    return [{ ...STILL, ...groupsOf(facetsOf(responded)), at, firstResponseMs }];
  }
  if (row === null) return [];
  const after = facetsOf(row);
  const here = { ...STILL, ...groupsOf(after), at };
  const unsolved = isUnsolved(after);
  switch (event.type) {
    case 'ticket.created':
      return [unsolved ? { ...here, inflow: 1, backlog: 1 } : { ...here, inflow: 1, outflow: 1 }];
    case 'ticket.deleted':
      return unsolved ? [{ ...here, outflow: 1, backlog: -1 }] : [];
    case 'ticket.updated': {
      const before = facetsBefore(after, event.changes);
      const leave = { ...STILL, ...groupsOf(before), at, backlog: -1 } as const;
      if (!isUnsolved(before)) return unsolved ? [{ ...here, inflow: 1, backlog: 1 }] : [];
      if (unsolved) return isAlike(before, after) ? [] : [leave, { ...here, backlog: 1 }];
      return [leave, { ...here, outflow: 1, resolutionMs: at - Date.parse(row.created_at) }];
    }
    default:
      return [];
  }
}

const groupsOf = ({ category, priority, assigneeId }: Facets): Groups => ({
  category,
  priority,
  assignee: assigneeId ?? 'none',
});

const isAlike = (a: Facets, b: Facets): boolean =>
  a.category === b.category && a.priority === b.priority && a.assigneeId === b.assigneeId;
