import { z } from 'zod';

import { classifyRequest, classifyResult } from './classification.js';
import { createTicket, patchTicket } from './commands.js';
import { comment, createComment } from './comments.js';
import {
  commentList,
  historyQuery,
  listTicketsQuery,
  noQuery,
  ticketHistory,
  ticketIdParam,
  ticketList,
} from './queries.js';
import { problems, type Route } from './route.js';
import { series, seriesQuery } from './series.js';
import { stats } from './stats.js';
import { ticket, ticketReceipt } from './ticket.js';
import { wall } from './wall.js';

const id = z.object({ id: ticketIdParam });

/** What is done with tickets. */
export const ticketRoutes = {
  listTickets: {
    method: 'get',
    path: '/api/tickets',
    summary: 'List, filter and search tickets',
    access: 'read',
    query: listTicketsQuery,
    responses: { 200: ticketList, ...problems(400, 401, 403, 429, 503) },
  },
  createTicket: {
    method: 'post',
    path: '/api/tickets',
    summary: 'Submit a ticket',
    access: 'intake',
    query: noQuery,
    headers: ['Idempotency-Key'],
    body: createTicket,
    responses: { 201: z.union([ticket, ticketReceipt]), ...problems(400, 401, 403, 413, 415, 422, 429, 503) },
  },
  getStats: {
    method: 'get',
    path: '/api/tickets/stats',
    summary: 'Live figures of the whole desk',
    access: 'observe',
    query: noQuery,
    responses: { 200: stats, ...problems(400, 401, 403, 429, 503) },
  },
  getSeries: {
    method: 'get',
    path: '/api/tickets/stats/series',
    summary: 'Figures by hour or day',
    access: 'read',
    query: seriesQuery,
    responses: { 200: series, ...problems(400, 401, 403, 429, 503) },
  },
  getWall: {
    method: 'get',
    path: '/api/wall',
    summary: 'All that a display shows',
    access: 'observe',
    query: noQuery,
    responses: { 200: wall, ...problems(400, 401, 403, 429, 503) },
  },
  classify: {
    method: 'post',
    path: '/api/tickets/classify',
    summary: 'Suggest category and priority for a description',
    access: 'intake',
    query: noQuery,
    body: classifyRequest,
    responses: { 200: classifyResult, ...problems(400, 401, 403, 413, 415, 429, 503) },
  },
  getTicket: {
    method: 'get',
    path: '/api/tickets/{id}',
    summary: 'Read a ticket',
    access: 'read',
    params: id,
    query: noQuery,
    headers: ['If-None-Match'],
    responses: { 200: ticket, 304: null, ...problems(400, 401, 403, 404, 410, 429, 503) },
  },
  patchTicket: {
    method: 'patch',
    path: '/api/tickets/{id}',
    summary: 'Change a ticket',
    access: 'change',
    params: id,
    query: noQuery,
    headers: ['If-Match', 'Idempotency-Key'],
    body: patchTicket,
    responses: { 200: ticket, ...problems(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 429, 503) },
  },
  deleteTicket: {
    method: 'delete',
    path: '/api/tickets/{id}',
    summary: 'Delete a ticket for good',
    access: 'administer',
    params: id,
    query: noQuery,
    responses: { 204: null, ...problems(400, 401, 403, 404, 410, 429, 503) },
  },
  ticketHistory: {
    method: 'get',
    path: '/api/tickets/{id}/history',
    summary: 'What happened to a ticket, newest first',
    access: 'read',
    params: id,
    query: historyQuery,
    responses: { 200: ticketHistory, ...problems(400, 401, 403, 404, 410, 429, 503) },
  },
  listComments: {
    method: 'get',
    path: '/api/tickets/{id}/comments',
    summary: 'The conversation of a ticket, oldest first',
    access: 'read',
    params: id,
    query: historyQuery,
    responses: { 200: commentList, ...problems(400, 401, 403, 404, 410, 429, 503) },
  },
  createComment: {
    method: 'post',
    path: '/api/tickets/{id}/comments',
    summary: 'Reply to the requester, or leave a note for agents',
    access: 'change',
    params: id,
    query: noQuery,
    headers: ['Idempotency-Key'],
    body: createComment,
    responses: { 201: comment, ...problems(400, 401, 403, 404, 410, 413, 415, 422, 429, 503) },
  },
  claimTicket: {
    method: 'post',
    path: '/api/tickets/{id}/claim',
    summary: 'Take a ticket that nobody has',
    access: 'change',
    params: id,
    query: noQuery,
    responses: { 200: ticket, ...problems(400, 401, 403, 404, 409, 410, 429, 503) },
  },
} as const satisfies Record<string, Route>;
