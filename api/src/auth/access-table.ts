import type { Capability } from '../contract/access.js';
import { routes } from '../contract/routes.js';

const table: ReadonlyMap<string, Capability> = new Map(
  Object.values(routes).map(({ method, path, access }) => [
    `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    access,
  ]),
);

/**
 * What a route of Express asks for, by the contract's table.
 * @param path as the router knows it, `/api/tickets/:id`
 * @throws for a route that is not in the table: nobody may call it
 */
export function accessOf(method: string, path: string): Capability {
  const access = table.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
  if (access === undefined) throw new Error(`${method} ${path} is not in the contract's table of routes`);
  return access;
}
