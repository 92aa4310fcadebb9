import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const HEADER = 'x-request-id';
/** What a proxy or a caller may name a request: nothing that could break a line, or fill a disk. */
const SANE = /^[\w.:-]{1,128}$/;

/** The name by which a request is found in the logs of all that it passes through. */
export const requestIdOf = (response: ServerResponse): string => String(response.getHeader(HEADER));

/** Takes over the request's name, or gives it one; the answer carries it. */
export function nameRequest(request: IncomingMessage, response: ServerResponse): void {
  const given = request.headers[HEADER];
  response.setHeader('X-Request-Id', typeof given === 'string' && SANE.test(given) ? given : randomUUID());
}
