import type { Capability } from '../contract/access.js';
import { routes } from '../contract/routes.js';

type RouteName = keyof typeof routes;

const table = new Map<string, RouteName>(
  (Object.keys(routes) as RouteName[]).map((name) => {
    const { method, path } = routes[name];
    return [`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, name];
  }),
);

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
