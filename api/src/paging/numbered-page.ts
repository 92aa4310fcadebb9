import type { PageQuery } from '../contract/queries.js';
import type { Neighbours } from './page-links.js';

/** The pages beside one of a list of which it is only known whether there is more behind the page. */
export const pagesBeside = (page: number, more: boolean): Neighbours => ({
  next: more ? { page: String(page + 1) } : null,
  previous: page > 1 ? { page: String(page - 1) } : null,
});

/** The pages beside one of a list that is paged by number only. Beyond the end there is only the way back. */
export function numberedNeighbours({ page, page_size: size }: PageQuery, count: number): Neighbours {
  const last = Math.max(1, Math.ceil(count / size));
  return {
    next: page < last ? { page: String(page + 1) } : null,
    previous: page > 1 ? { page: String(Math.min(page - 1, last)) } : null,
  };
}
