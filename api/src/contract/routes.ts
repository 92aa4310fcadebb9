import { accountRoutes } from './account-routes.js';
import { adminRoutes } from './admin-routes.js';
import { live, ready } from './health.js';
import { eventPage, eventsQuery, noQuery } from './queries.js';
import { problems, type Route } from './route.js';
import { ticketRoutes } from './ticket-routes.js';

export type { Route } from './route.js';

/**
 * Every REST route and who may call it: OpenAPI is generated from this table, the access check reads it, and a
 * test holds the controllers to it.
 */
export const routes = {
  ...ticketRoutes,
  listEvents: {
    method: 'get',
    path: '/api/events',
    summary: 'The feed of changes for scripts',
    access: 'read',
    query: eventsQuery,
    responses: { 200: eventPage, ...problems(400, 401, 403, 410, 429, 503) },
  },
  healthLive: {
    method: 'get',
    path: '/api/health/live',
    summary: 'Is the process alive',
    access: 'health',
    query: noQuery,
    responses: { 200: live },
  },
  healthReady: {
    method: 'get',
    path: '/api/health/ready',
    summary: 'Can it serve, and what is up',
    access: 'health',
    query: noQuery,
    responses: { 200: ready, 503: ready },
  },
  ...accountRoutes,
  ...adminRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
