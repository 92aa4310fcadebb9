import { z } from 'zod';

import { actor } from './actor.js';
import { comment } from './comments.js';
import { instant } from './text.js';
import { personRef, ticketId, ticketRow } from './ticket.js';
import { EVENT_TYPES } from './values.js';

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
    comment: comment.optional().meta({ description: 'Of a `comment.created`.' }),
    person: personRef.optional().meta({ description: 'Of a `person.updated`: who, as they are after it.' }),
  })
  .meta({ id: 'Event' });

export type EventType = (typeof EVENT_TYPES)[number];
export type FeedEvent = z.infer<typeof event>;
