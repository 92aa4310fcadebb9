import { routes } from '../contract/routes.js';

const paths = Object.values(routes).map(({ path, method }) => ({
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
  methods: method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
}));

/**
 * The methods that a path of the contract knows: empty where there is no such path.
 * A literal path hides the pattern beside it: `/api/tickets/stats` is not the ticket "stats".
 */
export function allowedMethods(path: string): string[] {
  const matching = paths.filter(({ pattern }) => pattern.test(path));
  const literal = matching.filter(({ pattern }) => !pattern.source.includes('[^/]'));
  return [...new Set((literal.length > 0 ? literal : matching).flatMap(({ methods }) => methods))];
}
