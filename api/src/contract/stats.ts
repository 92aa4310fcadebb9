import { z } from 'zod';

import { cursor } from './cursor.js';
import { CATEGORIES, PRIORITIES, STATUSES } from './ticket.js';

const count = z.number().int();
const breakdown = <const Keys extends readonly string[]>(keys: Keys) =>
  z.object(Object.fromEntries(keys.map((key) => [key, count])) as Record<Keys[number], typeof count>);

const counts = z.object({
  total_tickets: count,
  open_tickets: count,
  avg_tickets_per_day: z.number().meta({ description: 'Mean over the UTC days that had a ticket.' }),
  priority_breakdown: breakdown(PRIORITIES),
  category_breakdown: breakdown(CATEGORIES),
  status_breakdown: breakdown(STATUSES),
  unassigned_open: count,
  created_today: count,
  resolved_today: count,
});

/** Absolute figures at the position `as_of`; every key is there, zeros included. Days are UTC days. */
export const stats = counts.extend({ as_of: cursor }).meta({ id: 'Stats' });

/** What to add to the figures: only keys that change, but `avg_tickets_per_day` as its new value. */
export const statsDelta = z
  .object({
    total_tickets: count,
    open_tickets: count,
    avg_tickets_per_day: z.number(),
    priority_breakdown: breakdown(PRIORITIES).partial(),
    category_breakdown: breakdown(CATEGORIES).partial(),
    status_breakdown: breakdown(STATUSES).partial(),
    unassigned_open: count,
    created_today: count,
    resolved_today: count,
  })
  .partial()
  .meta({ id: 'StatsDelta' });

export type StatsCounts = z.infer<typeof counts>;
export type Stats = z.infer<typeof stats>;
export type StatsDelta = z.infer<typeof statsDelta>;
