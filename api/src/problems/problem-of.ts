import { HttpException } from '@nestjs/common';

import { databaseProblem } from './database-problem.js';
import { ProblemError } from './problem-error.js';

/** What a client is told of anything that was thrown; null: nothing but that it is a fault of ours. */
export function problemOf(error: unknown): ProblemError | null {
  if (error instanceof ProblemError) return error;
  if (error instanceof HttpException) return httpProblem(error);
  return databaseProblem(error);
}

/** Errors of Express, its body parser and Nest's router: what came was no request that we can read. */
function httpProblem(error: HttpException): ProblemError | null {
  switch (error.getStatus()) {
    case 400:
      if (error.cause instanceof URIError) return ProblemError.field('path', 'is not well-formed');
      return ProblemError.field('body', 'must be well-formed JSON');
    case 404:
      return new ProblemError('not_found', 'There is nothing at this path');
    case 413:
      return new ProblemError('too_large', 'The body may have at most 256 KB');
    case 415:
      return new ProblemError('unsupported_media_type', 'Send the body as application/json in UTF-8');
    default:
      return null;
  }
}
