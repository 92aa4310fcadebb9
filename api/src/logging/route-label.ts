import type { Request } from 'express';

import { routeNameOf } from '../auth/access-table.js';
import type { RouteName } from '../contract/routes.js';

/** Paths of which there are as many as somebody makes up, and what is served beside the contract. */
export type RouteLabel = RouteName | 'docs' | 'page' | 'unknown';

/**
 * The name of a request's route in the contract, once it was answered: as few values as there are routes, and
 * nothing of what somebody sent.
 */
export function routeLabel({ method, route, path }: Request): RouteLabel {
  const pattern = (route as { path?: unknown } | undefined)?.path;
  if (typeof pattern !== 'string') return path.startsWith('/api') ? 'unknown' : 'page';
  try {
    return routeNameOf(method, pattern);
  } catch {
    return 'docs';
  }
}
