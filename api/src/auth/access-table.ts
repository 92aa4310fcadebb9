import type { Capability } from '../contract/access.js';
import { routeKey } from '../contract/route.js';
import { type RouteName, routes } from '../contract/routes.js';

const table = new Map((Object.keys(routes) as RouteName[]).map((name) => [routeKey(routes[name]), name]));

/**
 * The name of a route of Express in the contract's table.
 * @param path as the router knows it, `/api/tickets/:id`
 * @throws for a route that is not in the table: nobody may call it
 */
export function routeNameOf(method: string, path: string): RouteName {
  const name = table.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
  if (name === undefined) throw new Error(`${method} ${path} is not in the contract's table of routes`);
  return name;
}

/** What a route of Express asks for. @throws as `routeNameOf` */
export const accessOf = (method: string, path: string): Capability =>
  routes[routeNameOf(method, path)].access;
