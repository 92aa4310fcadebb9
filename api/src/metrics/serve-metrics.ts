import { timingSafeEqual } from 'node:crypto';

import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';

import { notAllowed, signInNeeded } from '../auth/auth.errors.js';
import { Authenticator, bearerToken } from '../auth/authenticator.js';
import { may } from '../auth/identity.js';
import { secretHash } from '../auth/secrets.js';
import { type Environment, ENVIRONMENT } from '../config/environment.js';
import { ProblemError } from '../problems/problem-error.js';
import { problemOf } from '../problems/problem-of.js';
import { sendProblem } from '../problems/send-problem.js';
import { Metrics } from './metrics.js';

/**
 * Serves the figures at `/metrics`, outside what the public proxy passes on: to who shows METRICS_TOKEN, which
 * needs no database, and to administrators and their tokens.
 */
export function serveMetrics(app: NestExpressApplication): void {
  const metrics = app.get(Metrics);
  const authenticator = app.get(Authenticator);
  const { METRICS_TOKEN } = app.get<Environment>(ENVIRONMENT);

  /** @throws ProblemError `unauthenticated`, `forbidden` */
  async function admit(request: Request): Promise<void> {
    const { headers } = request;
    const token = bearerToken(headers.authorization);
    if (token !== undefined && METRICS_TOKEN !== undefined && isSame(token, METRICS_TOKEN)) return;
    const identity = await authenticator.identify({ cookie: headers.cookie, token, request });
    if (identity.kind === 'requester') throw signInNeeded();
    if (!may(identity, 'administer')) throw notAllowed();
  }

  app.use('/metrics', (request: Request, response: Response) => {
    response.setHeader('Cache-Control', 'no-store');
    admit(request)
      .then(() => metrics.text())
      .then(
        (text) => response.type(metrics.contentType).send(text),
        (error: unknown) =>
          sendProblem(
            response,
            problemOf(error) ?? new ProblemError('internal', 'The figures cannot be read'),
          ),
      );
  });
}

/** Takes the same time whatever is guessed. */
const isSame = (given: string, secret: string) => timingSafeEqual(secretHash(given), secretHash(secret));
