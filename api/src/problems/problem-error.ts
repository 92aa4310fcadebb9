import type { FieldError, Problem, ProblemCode } from '../contract/problem.js';

/** Status and title of each code: the one place that maps errors to HTTP. */
const KINDS: Readonly<Record<ProblemCode, { status: number; title: string }>> = {
  invalid: { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'This does not go together with how things are now' },
  already_claimed: { status: 409, title: 'Somebody else has this ticket' },
  gone: { status: 410, title: 'Deleted' },
  cursor_expired: { status: 410, title: 'This position can no longer be served' },
  precondition_failed: { status: 412, title: 'The ticket has another version' },
  too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'Send JSON' },
  op_id_reused: { status: 422, title: 'This operation id was used for another request' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not available right now' },
};

type Extras = Partial<Pick<Problem, 'errors' | 'conflicts' | 'ticket' | 'holder'>>;

/** An error that a client may see. Thrown anywhere, answered by ProblemFilter (and by socket acks). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  /** `detail` is one sentence for people; it must hold no secret, SQL or path. `retryAfter`: seconds. */
  constructor(
    code: ProblemCode,
    detail: string,
    extras: Extras = {},
    readonly retryAfter?: number,
  ) {
    super(detail);
    this.problem = { type: 'about:blank', ...KINDS[code], detail, code, ...extras };
  }

  /** A 400 that names one field. */
  static field(field: string, message: string): ProblemError {
    return ProblemError.fields([{ field, message }]);
  }

  /** A 400 that names each bad field. */
  static fields(errors: FieldError[]): ProblemError {
    return new ProblemError(
      'invalid',
      errors.map(({ field, message }) => `${field}: ${message}`).join('; '),
      { errors },
    );
  }
}
