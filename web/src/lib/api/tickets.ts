import type { ClassifyRequest, ClassifyResult } from '#contract/classification';
import type { CreateTicket, PatchTicket } from '#contract/commands';
import type { Ordering, TicketHistory, TicketList } from '#contract/queries';
import type { Stats } from '#contract/stats';
import type { Category, Priority, Status, Ticket } from '#contract/ticket';

import { request } from './request.js';

/** The query of the list as it is written; see `listTicketsQuery` of the contract for how it is read. */
export interface ListTicketsParams {
  category?: readonly Category[] | undefined;
  priority?: readonly Priority[] | undefined;
  status?: readonly Status[] | undefined;
  /** A person's id, `me` or `none`. */
  assignee?: string | undefined;
  search?: string | undefined;
  /** ISO 8601. */
  created_after?: string | undefined;
  /** ISO 8601. */
  created_before?: string | undefined;
  ordering?: Ordering | undefined;
  page?: number | undefined;
  page_size?: number | undefined;
  cursor?: string | undefined;
}

/** Every command throws what `request` throws. */
export const listTickets = (params: ListTicketsParams = {}, signal?: AbortSignal): Promise<TicketList> =>
  request('GET', '/api/tickets', { query: { ...params }, signal });

/** Another page, by the `next` or `previous` link that a list gave. */
export const followList = (link: string, signal?: AbortSignal): Promise<TicketList> => {
  const { pathname, search } = new URL(link, 'http://any');
  return request('GET', `${pathname}${search}`, { signal });
};

export const getTicket = (id: number, signal?: AbortSignal): Promise<Ticket> =>
  request('GET', `/api/tickets/${id}`, { signal });

export const createTicket = (ticket: CreateTicket, signal?: AbortSignal): Promise<Ticket> =>
  request('POST', '/api/tickets', { body: ticket, signal });

export const patchTicket = (id: number, patch: PatchTicket, signal?: AbortSignal): Promise<Ticket> =>
  request('PATCH', `/api/tickets/${id}`, { body: patch, signal });

export const deleteTicket = (id: number, signal?: AbortSignal): Promise<void> =>
  request('DELETE', `/api/tickets/${id}`, { signal });

/** Takes a ticket that nobody has. 409 `already_claimed` names the `holder`. */
export const claimTicket = (id: number): Promise<Ticket> => request('POST', `/api/tickets/${id}/claim`);

/** Its events, newest first. @param link `next` of an earlier answer; absent: the newest */
export const ticketHistory = (id: number, link?: string, signal?: AbortSignal): Promise<TicketHistory> => {
  const { pathname, search } = new URL(link ?? `/api/tickets/${id}/history`, 'http://any');
  return request('GET', `${pathname}${search}`, { signal });
};

export const classify = (draft: ClassifyRequest, signal?: AbortSignal): Promise<ClassifyResult> =>
  request('POST', '/api/tickets/classify', { body: draft, signal });

export const getStats = (signal?: AbortSignal): Promise<Stats> =>
  request('GET', '/api/tickets/stats', { signal });
