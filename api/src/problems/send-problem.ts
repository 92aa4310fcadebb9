import type { Response } from 'express';

import type { ProblemError } from './problem-error.js';

/** Seconds after which a call that met an absent database may be tried again. */
const RETRY_AFTER = 2;

/** Answers with problem+json, and with when to try again where that helps. */
export function sendProblem(response: Response, { problem, retryAfter }: ProblemError): void {
  const seconds = retryAfter ?? (problem.status === 503 ? RETRY_AFTER : undefined);
  if (seconds !== undefined) response.setHeader('Retry-After', String(seconds));
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
