import type { NextFunction, RequestHandler, Response } from 'express';
import type { Level, Logger } from 'pino';

import type { IdentifiedRequest } from '../auth/identity.js';
import { nameRequest, requestIdOf } from './request-id.js';
import { routeLabel } from './route-label.js';

/**
 * Names every request, and writes one line when it is over: which route, how it ended, how long it took, who
 * called. Never what was asked or answered: no path, no query, no header, no body.
 * @param level of what went well
 */
export function requestLog(log: Logger, level: Level): RequestHandler {
  return (request: IdentifiedRequest, response: Response, next: NextFunction) => {
    const begun = performance.now();
    nameRequest(request, response);
    response.once('close', () => {
      const { statusCode: status, writableFinished } = response;
      const route = routeLabel(request);
      const line = {
        request_id: requestIdOf(response),
        method: request.method,
        route,
        status,
        ms: Math.round((performance.now() - begun) * 10) / 10,
        ...(request.identity === undefined ? {} : { actor: actorOf(request.identity) }),
        ...(writableFinished ? {} : { aborted: true }),
      };
      const quiet = route === 'page' || route.startsWith('health');
      log[status >= 500 ? 'warn' : quiet ? 'debug' : level](line, 'request');
    });
    next();
  };
}

const actorOf = ({ kind, person, credential }: NonNullable<IdentifiedRequest['identity']>) => ({
  kind,
  id: kind === 'person' ? person?.id : credential?.id,
});
