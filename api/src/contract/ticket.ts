import { z } from 'zod';

import { instant, text } from './text.js';
import { CATEGORIES, DESCRIPTION_MAX, PRIORITIES, REASON_MAX, STATUSES, TITLE_MAX } from './values.js';

export { CATEGORIES, DESCRIPTION_MAX, PRIORITIES, REASON_MAX, STATUSES, TITLE_MAX };

export const category = z.enum(CATEGORIES).meta({ id: 'Category' });
export const priority = z.enum(PRIORITIES).meta({ id: 'Priority' });
export const status = z.enum(STATUSES).meta({ id: 'Status' });
export const title = text(1, TITLE_MAX);
export const description = text(1, DESCRIPTION_MAX);

export const personRef = z.object({ id: z.string(), name: z.string() }).meta({ id: 'PersonRef' });
export const requester = z
  .object({ name: z.string(), email: z.string() })
  .meta({ id: 'Requester', description: 'The customer who asked.' });

export const classificationSource = z.enum(['model', 'fallback', 'human', 'pending']);

/** What was suggested for a ticket, and by whom; the ticket's own fields may have been changed since. */
export const classification = z
  .object({
    source: classificationSource,
    model: z.string().nullable(),
    category,
    priority,
    confidence: z.number().min(0).max(1).nullable(),
    reason: z.string().nullable(),
    latency_ms: z.number().nullable(),
  })
  .meta({ id: 'Classification' });

export const ticketId = z.number().int().positive();

export const ticket = z
  .object({
    id: ticketId,
    title: z.string(),
    description: z.string(),
    category,
    priority,
    status,
    assignee: personRef.nullable(),
    requester: requester.nullable(),
    classification: classification.nullable(),
    version: z.number().int().positive().meta({ description: 'Rises by one with every committed change.' }),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Ticket' });

/** A ticket as lists and events carry it: all but the description. */
export const ticketRow = ticket.omit({ description: true }).meta({ id: 'TicketRow' });

/** What a requester who is not signed in gets for a created ticket. */
export const ticketReceipt = ticket
  .pick({ id: true, title: true, category: true, priority: true, status: true, created_at: true })
  .meta({ id: 'TicketReceipt' });

export type Category = z.infer<typeof category>;
export type Priority = z.infer<typeof priority>;
export type Status = z.infer<typeof status>;
export type PersonRef = z.infer<typeof personRef>;
export type Classification = z.infer<typeof classification>;
export type ClassificationSource = z.infer<typeof classificationSource>;
export type Ticket = z.infer<typeof ticket>;
export type TicketRow = z.infer<typeof ticketRow>;
export type TicketReceipt = z.infer<typeof ticketReceipt>;
