import { z } from 'zod';

import { cursor } from './cursor.js';
import { listOf, moment } from './query-values.js';
import { instant, text } from './text.js';
import { CATEGORIES, PRIORITIES } from './values.js';

export const SERIES_INTERVALS = ['hour', 'day'] as const;
export const SERIES_GROUPS = ['category', 'priority', 'assignee'] as const;
/** What one answer may hold: a month of hours, or some years of days. */
export const SERIES_POINTS_MAX = 1_500;

/** `from` is inclusive, `to` exclusive; both are taken to the interval's beginning, in UTC. */
export const seriesQuery = z.strictObject({
  interval: z.enum(SERIES_INTERVALS).default('day'),
  from: moment.optional().meta({ description: 'Default: 30 days (or 48 hours) before `to`.' }),
  to: moment.optional().meta({ description: 'Default: the end of the interval that is now.' }),
  category: listOf(CATEGORIES).optional(),
  priority: listOf(PRIORITIES).optional(),
  assignee: text(1, 64).optional().meta({ description: 'A person id, `me` or `none`.' }),
  group_by: z.enum(SERIES_GROUPS).optional(),
});

/** How long something took, of all that happened in a span; null where nothing did. To about 5 %. */
export const durations = z
  .object({
    count: z.number().int(),
    median_ms: z.number().nullable(),
    p90_ms: z.number().nullable(),
  })
  .meta({ id: 'Durations' });

const figures = z.object({
  inflow: z.number().int().meta({ description: 'Created, or opened again.' }),
  outflow: z.number().int().meta({ description: 'Resolved or closed, or deleted while unsolved.' }),
  first_response: durations.meta({ description: 'From creation to the first public reply of an agent.' }),
  resolution: durations.meta({ description: 'From creation to being resolved or closed.' }),
});

export const seriesPoint = figures
  .extend({
    at: instant.meta({ description: 'Where the interval begins.' }),
    backlog: z.number().int().meta({ description: 'Open or in progress at its end (or now).' }),
  })
  .meta({ id: 'SeriesPoint' });

/** One curve: of all tickets that match, or of one group of them. */
export const seriesCurve = z
  .object({
    key: z
      .string()
      .nullable()
      .meta({ description: 'Category, priority or person id; null: none, or no groups.' }),
    name: z.string().nullable(),
    total: figures,
    points: z.array(seriesPoint),
  })
  .meta({ id: 'SeriesCurve' });

export const series = z
  .object({
    interval: z.enum(SERIES_INTERVALS),
    from: instant,
    to: instant,
    curves: z.array(seriesCurve),
    as_of: cursor,
  })
  .meta({ id: 'Series' });

export type SeriesQuery = z.infer<typeof seriesQuery>;
export type SeriesPoint = z.infer<typeof seriesPoint>;
export type SeriesCurve = z.infer<typeof seriesCurve>;
export type Series = z.infer<typeof series>;
