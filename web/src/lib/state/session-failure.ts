import { NetworkError, ProblemError } from '../api/errors.js';
import { session as text } from '../text/session.js';

/** What to tell somebody whose form was not taken. */
export function sayFailure(failure: unknown): string {
  if (failure instanceof NetworkError) return text.noAnswer;
  if (failure instanceof ProblemError && failure.status === 429 && failure.retryAfterMs !== undefined) {
    return text.tooMany(Math.max(1, Math.ceil(failure.retryAfterMs / 1_000)));
  }
  return failure instanceof Error ? failure.message : String(failure);
}
