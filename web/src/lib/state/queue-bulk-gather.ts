import type { TicketList } from '#contract/queries';

import { followList, listTickets } from '../api/tickets.js';
import type { SyncClient } from '../sync/sync-client.js';
import { listParams, type QueueParams } from './queue-params.js';

/** As many tickets can be changed at once. */
export const BULK_MOST = 500;
const PAGE = 100;

/** The first tickets of a query, up to `BULK_MOST`, in its order. Throws what `request` throws. */
export async function gather(client: SyncClient, params: QueueParams): Promise<readonly number[]> {
  const ids: number[] = [];
  let next: string | null = '';
  while (next !== null && ids.length < BULK_MOST) {
    const link: string = next;
    const page: TicketList = await client.read({
      fetch: (signal) =>
        link === ''
          ? listTickets({ ...listParams({ ...params, cursor: undefined }), page_size: PAGE }, signal)
          : followList(link, signal),
      snapshot: ({ as_of: asOf, results: tickets }) => ({ asOf, tickets }),
      givesPosition: true,
    });
    ids.push(...page.results.map(({ id }) => id));
    ({ next } = page);
  }
  return ids.slice(0, BULK_MOST);
}
