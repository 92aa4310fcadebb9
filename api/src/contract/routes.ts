import { z } from 'zod';

import { classifyRequest, classifyResult } from './classification.js';
import { createTicket, patchTicket } from './commands.js';
import { live, ready } from './health.js';
import { problem } from './problem.js';
import {
  eventPage,
  eventsQuery,
  historyQuery,
  listTicketsQuery,
  noQuery,
  ticketHistory,
  ticketIdParam,
  ticketList,
} from './queries.js';
import { stats } from './stats.js';
import { ticket } from './ticket.js';

/** What a route takes and answers. `responses` maps a status to its body; null: no body. */
export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** OpenAPI style: `/api/tickets/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query: z.ZodType;
  readonly headers?: readonly ('If-Match' | 'If-None-Match' | 'Idempotency-Key')[];
  readonly body?: z.ZodType;
  readonly responses: Readonly<Record<number, z.ZodType | null>>;
}

const id = z.object({ id: ticketIdParam });
const problems = <const Statuses extends readonly number[]>(...statuses: Statuses) =>
  Object.fromEntries(statuses.map((status) => [status, problem])) as Record<Statuses[number], typeof problem>;

/** Every REST route; OpenAPI is generated from it and a test holds the controllers to it. */
export const routes = {
  listTickets: {
    method: 'get',
    path: '/api/tickets',
    summary: 'List, filter and search tickets',
    query: listTicketsQuery,
    responses: { 200: ticketList, ...problems(400, 503) },
  },
  createTicket: {
    method: 'post',
    path: '/api/tickets',
    summary: 'Submit a ticket',
    query: noQuery,
    headers: ['Idempotency-Key'],
    body: createTicket,
    responses: { 201: ticket, ...problems(400, 413, 415, 422, 503) },
  },
  getStats: {
    method: 'get',
    path: '/api/tickets/stats',
    summary: 'Live figures of the whole desk',
    query: noQuery,
    responses: { 200: stats, ...problems(400, 503) },
  },
  classify: {
    method: 'post',
    path: '/api/tickets/classify',
    summary: 'Suggest category and priority for a description',
    query: noQuery,
    body: classifyRequest,
    responses: { 200: classifyResult, ...problems(400, 413, 415) },
  },
  getTicket: {
    method: 'get',
    path: '/api/tickets/{id}',
    summary: 'Read a ticket',
    params: id,
    query: noQuery,
    headers: ['If-None-Match'],
    responses: { 200: ticket, 304: null, ...problems(400, 404, 410, 503) },
  },
  patchTicket: {
    method: 'patch',
    path: '/api/tickets/{id}',
    summary: 'Change a ticket',
    params: id,
    query: noQuery,
    headers: ['If-Match', 'Idempotency-Key'],
    body: patchTicket,
    responses: { 200: ticket, ...problems(400, 404, 409, 410, 412, 413, 415, 422, 503) },
  },
  deleteTicket: {
    method: 'delete',
    path: '/api/tickets/{id}',
    summary: 'Delete a ticket for good',
    params: id,
    query: noQuery,
    responses: { 204: null, ...problems(400, 404, 410, 503) },
  },
  ticketHistory: {
    method: 'get',
    path: '/api/tickets/{id}/history',
    summary: 'What happened to a ticket, newest first',
    params: id,
    query: historyQuery,
    responses: { 200: ticketHistory, ...problems(400, 404, 410, 503) },
  },
  listEvents: {
    method: 'get',
    path: '/api/events',
    summary: 'The feed of changes for scripts',
    query: eventsQuery,
    responses: { 200: eventPage, ...problems(400, 410, 503) },
  },
  healthLive: {
    method: 'get',
    path: '/api/health/live',
    summary: 'Is the process alive',
    query: noQuery,
    responses: { 200: live },
  },
  healthReady: {
    method: 'get',
    path: '/api/health/ready',
    summary: 'Can it serve, and what is up',
    query: noQuery,
    responses: { 200: ready, 503: ready },
  },
} as const satisfies Record<string, Route>;
