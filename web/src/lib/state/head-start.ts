import type { TicketList } from '#contract/queries';
import type { Me } from '#contract/session';

import { getMe } from '../api/session.js';
import * as tickets from '../api/tickets.js';
import { listParams, readQueueQuery } from './queue-params.js';

let me: Promise<Me> | undefined;
let list: { readonly key: string; readonly answer: Promise<TicketList> } | undefined;

const keyOf = (params: tickets.ListTicketsParams) => JSON.stringify(params);

/**
 * Asks what the first page will wait for, while that is still being put together: who this is and, for the
 * queue, its first rows. To be called once, before the router starts.
 */
export function takeHeadStart({ pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  me = getMe();
  me.then(({ person }) => {
    if (person && pathname === '/') askForRows(search);
  }).catch(() => undefined);
}

/** `getMe`, which the first time may be on its way already. */
export function firstMe(): Promise<Me> {
  const first = me;
  me = undefined;
  return first ?? getMe();
}

/** `listTickets`, which the first time may be on its way already: an answer that says of when it is does not age. */
export const listTickets: typeof tickets.listTickets = (params = {}, signal) => {
  const first = list;
  if (first?.key !== keyOf(params)) return tickets.listTickets(params, signal);
  list = undefined;
  return first.answer;
};

function askForRows(search: string): void {
  const params = listParams({ ...readQueueQuery(search), cursor: undefined });
  const answer = tickets.listTickets(params);
  // Whoever takes it hears of its failure.
  answer.catch(() => undefined);
  list = { key: keyOf(params), answer };
}
