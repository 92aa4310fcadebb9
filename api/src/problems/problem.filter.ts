import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';

import { allowedMethods } from './allowed-methods.js';
import { ProblemError } from './problem-error.js';
import { problemOf } from './problem-of.js';
import { sendProblem } from './send-problem.js';

/** Answers everything that was thrown as problem+json; what is not meant for clients goes to the log only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = this.#known(error, request, response) ?? this.#unknown(error, request, response);
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem);
  }

  #known(error: unknown, request: Request, response: Response): ProblemError | null {
    const known = problemOf(error);
    // Only the router throws a "not found" that is no ProblemError already.
    if (known === null || known === error || known.problem.status !== 404) return known;
    const methods = allowedMethods(request.path);
    if (methods.length === 0) return known;
    response.setHeader('Allow', methods.join(', '));
    return new ProblemError('method_not_allowed', `This path knows ${methods.join(', ')} only`);
  }

  /** The path of a route names what is asked for by id only; where no route is, it may be anything. */
  #unknown(error: unknown, { method, path, route }: Request, response: Response): ProblemError {
    const id = String(response.getHeader('X-Request-Id'));
    const where = route === undefined ? 'no route' : path;
    const fault = error instanceof Error ? error.stack : String(error);
    this.#logger.error(`${method} ${where} (request ${id}): ${fault}`);
    return new ProblemError('internal', 'This is a fault of the server; it has been noted');
  }
}
