import { z } from 'zod';

import { instant } from './text.js';
import { ticketId, ticketRow } from './ticket.js';

export const EVENT_TYPES = [
  'ticket.created',
  'ticket.updated',
  'ticket.deleted',
  'comment.created',
  'person.updated',
] as const;

/** Who made a change; a change by plain SQL has kind `database`. */
export const actor = z
  .object({
    kind: z.enum(['agent', 'token', 'requester', 'classifier', 'database']),
    id: z.string().nullable(),
    name: z.string(),
  })
  .meta({ id: 'Actor' });

/** Field → [before, after]; the description is named in `changed` only. */
export const changes = z.record(z.string(), z.tuple([z.unknown(), z.unknown()]));

/**
 * One committed change. Ids rise in commit order and have holes. `ticket` is the list row after a
 * `ticket.created` or `ticket.updated`; a delete carries the old version + 1 and always applies.
 */
export const event = z
  .object({
    id: z.number().int().positive(),
    type: z.enum(EVENT_TYPES),
    at: instant,
    ticket_id: ticketId.nullable(),
    version: z.number().int().positive().nullable(),
    actor,
    changes,
    changed: z.array(z.string()),
    ticket: ticketRow.optional(),
    comment: z.unknown().optional(),
  })
  .meta({ id: 'Event' });

export type EventType = (typeof EVENT_TYPES)[number];
export type Actor = z.infer<typeof actor>;
export type FeedEvent = z.infer<typeof event>;
