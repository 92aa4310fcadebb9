import type { Series } from '#contract/series';
import type { Category, Priority } from '#contract/ticket';

import { request } from './request.js';

/** The query of the series as it is written; see `seriesQuery` of the contract for how it is read. */
export interface SeriesParams {
  interval: Series['interval'];
  /** ISO 8601, inclusive. */
  from?: string | undefined;
  /** ISO 8601, exclusive. */
  to?: string | undefined;
  category?: readonly Category[] | undefined;
  priority?: readonly Priority[] | undefined;
  /** A person's id, `me` or `none`. */
  assignee?: string | undefined;
  group_by?: 'category' | 'priority' | 'assignee' | undefined;
}

/** Figures by hour or day. Throws what `request` throws. */
export const getSeries = (params: SeriesParams, signal?: AbortSignal): Promise<Series> =>
  request('GET', '/api/tickets/stats/series', { query: { ...params }, signal });
