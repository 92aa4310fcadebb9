import { z } from 'zod';

import { auditEntry } from './administration.js';
import { comment } from './comments.js';
import { apiToken, display } from './credentials.js';
import { cursor } from './cursor.js';
import { event } from './events.js';
import { person } from './people.js';
import { listOf, moment, wholeNumber } from './query-values.js';
import { instant, text } from './text.js';
import { CATEGORIES, PRIORITIES, STATUSES, ticket } from './ticket.js';
import { ACTOR_KINDS, AUDIT_ACTIONS, EVENT_TYPES } from './values.js';

export const ORDERINGS = [
  'created_at',
  '-created_at',
  'updated_at',
  '-updated_at',
  'priority',
  '-priority',
] as const;
export const PAGE_SIZE_DEFAULT = 25;
export const PAGE_SIZE_MAX = 100;
/** A search counts up to here and then says `count_exact: false`. */
export const SEARCH_COUNT_MAX = 500;

/** An id in a path. A number that no ticket can have is a 400 that names `id`. */
export const ticketIdParam = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'must be a positive whole number')
  .transform(Number)
  .meta({ type: 'integer', minimum: 1 });

/** What narrows and orders a list of tickets, and can be saved as a view. */
export const ticketFilters = z.strictObject({
  category: listOf(CATEGORIES).optional(),
  priority: listOf(PRIORITIES).optional(),
  status: listOf(STATUSES).optional(),
  assignee: text(1, 64).optional().meta({ description: 'A person id, `me` or `none`.' }),
  search: text(0, 200).optional(),
  created_after: moment
    .optional()
    .meta({ description: 'ISO 8601, inclusive; a date alone is its midnight in UTC.' }),
  created_before: moment
    .optional()
    .meta({ description: 'ISO 8601, exclusive; a date alone is its midnight in UTC.' }),
  ordering: z.enum(ORDERINGS).default('-created_at'),
});

const pageSize = wholeNumber(1, PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT);
/** Which page: by number, or by the cursor of a link; not both. */
const paging = {
  page: wholeNumber(1, 10_000_000).optional(),
  page_size: pageSize,
  cursor: text(1, 500).optional(),
};
const pageOrCursor = ({
  page,
  cursor,
}: {
  page?: number | undefined;
  cursor?: string | undefined;
}): boolean => page === undefined || cursor === undefined;
const notBoth = { path: ['cursor'], message: 'cannot be combined with page' };

export const listTicketsQuery = ticketFilters.extend(paging).refine(pageOrCursor, notBoth);

export const listEnvelope = <Item extends z.ZodType>(item: Item) =>
  z.object({
    count: z.number().int(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(item),
  });

export const ticketList = listEnvelope(ticket)
  .extend({
    count_exact: z.boolean(),
    as_of: cursor,
  })
  .meta({ id: 'TicketList' });

export const historyQuery = z.strictObject(paging).refine(pageOrCursor, notBoth);

export const ticketHistory = listEnvelope(event).meta({ id: 'TicketHistory' });

/** Lists of a few hundred rows at most: pages only. */
export const pageQuery = z.strictObject({
  page: wholeNumber(1, 10_000_000).default(1),
  page_size: pageSize,
});

/** Oldest first. `as_of` is a position in the log: what came later is in the feed. */
export const commentList = listEnvelope(comment).extend({ as_of: cursor }).meta({ id: 'CommentList' });

/** Newest first. */
export const auditQuery = z
  .strictObject({
    ...paging,
    action: listOf(AUDIT_ACTIONS).optional(),
    search: text(0, 200)
      .optional()
      .meta({ description: 'A part of the name of who did it or of what it was done to.' }),
  })
  .refine(pageOrCursor, notBoth)
  .meta({ id: 'AuditQuery' });

/** The event log as administrators read it, newest first. */
export const eventLogQuery = z.strictObject({
  type: listOf(EVENT_TYPES).optional(),
  actor: listOf(ACTOR_KINDS).optional(),
  ticket: ticketIdParam.optional(),
  search: text(0, 200)
    .optional()
    .meta({ description: "A part of the actor's name or of the ticket's title, in any letter case." }),
  cursor: paging.cursor,
  page_size: pageSize,
});

/** One call looks at a bounded stretch of the log; `next` goes on where it stopped, `searched_to` says when that was. */
export const eventLogPage = z
  .object({
    results: z.array(event),
    next: z.string().nullable(),
    searched_to: instant.nullable(),
    retention_days: z.number().int().positive().nullable().meta({
      description:
        'Of tickets closed for so many days, updates that later ones made void are removed. Null: nothing is.',
    }),
  })
  .meta({ id: 'EventLogPage' });

export const personList = listEnvelope(person).meta({ id: 'PersonList' });
export const apiTokenList = listEnvelope(apiToken).meta({ id: 'ApiTokenList' });
export const displayList = listEnvelope(display).meta({ id: 'DisplayList' });
export const auditList = listEnvelope(auditEntry).meta({ id: 'AuditList' });

export const eventsQuery = z.strictObject({
  after: text(1, 200).optional().meta({ description: 'A `next` given earlier, or `oldest`.' }),
  limit: wholeNumber(1, 1_000).default(100),
  wait: wholeNumber(0, 30).default(0).meta({ description: 'Seconds to wait for the first event.' }),
});

export const eventPage = z
  .object({
    events: z.array(event),
    next: z.string().meta({ description: 'Opaque; pass it as `after`.' }),
  })
  .meta({ id: 'EventPage' });

export const noQuery = z.strictObject({});

export type ListTicketsQuery = z.infer<typeof listTicketsQuery>;
export type HistoryQuery = z.infer<typeof historyQuery>;
export type EventsQuery = z.infer<typeof eventsQuery>;
export type TicketList = z.infer<typeof ticketList>;
export type TicketHistory = z.infer<typeof ticketHistory>;
export type EventPage = z.infer<typeof eventPage>;
export type Ordering = (typeof ORDERINGS)[number];
export type PageQuery = z.infer<typeof pageQuery>;
export type CommentList = z.infer<typeof commentList>;
export type AuditQuery = z.infer<typeof auditQuery>;
export type AuditList = z.infer<typeof auditList>;
export type EventLogQuery = z.infer<typeof eventLogQuery>;
export type EventLogPage = z.infer<typeof eventLogPage>;
export type PersonList = z.infer<typeof personList>;
export type ApiTokenList = z.infer<typeof apiTokenList>;
export type DisplayList = z.infer<typeof displayList>;
