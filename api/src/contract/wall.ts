import { z } from 'zod';

import { cursor } from './cursor.js';
import { event } from './events.js';
import { stats } from './stats.js';
import { instant } from './text.js';
import { CATEGORIES, PRIORITIES, ticketRow } from './ticket.js';

/** A ticket as a screen on a wall may show it: an allow-list. */
export const wallTicket = ticketRow
  .pick({
    id: true,
    title: true,
    category: true,
    priority: true,
    status: true,
    assignee: true,
    version: true,
    created_at: true,
    updated_at: true,
  })
  .meta({ id: 'WallTicket' });

/** All that a display shows, at one position in the log; what comes later is in the feed's channel `wall`. */
export const wall = z
  .object({
    stats,
    hours: z.array(z.object({ at: instant, created: z.number().int(), resolved: z.number().int() })).meta({
      description: 'The last 24 hours, oldest first; the last one is the hour that is now.',
    }),
    heat: z.array(
      z.object({
        priority: z.enum(PRIORITIES),
        category: z.enum(CATEGORIES),
        unsolved: z.number().int().meta({ description: 'Open or in progress.' }),
      }),
    ),
    newest_critical: z
      .array(wallTicket)
      .meta({ description: 'Unsolved and critical, newest first, up to ten.' }),
    longest_waiting: z
      .array(wallTicket)
      .meta({ description: 'Open and unassigned, oldest first, up to ten.' }),
    latest: z.array(event).meta({ description: 'What happened last, newest first, up to twenty.' }),
    as_of: cursor,
  })
  .meta({ id: 'Wall' });

export type WallTicket = z.infer<typeof wallTicket>;
export type Wall = z.infer<typeof wall>;
