import type { FieldConflict, FieldError, Problem, ProblemCode } from '#contract/problem';
import type { PersonRef, Ticket } from '#contract/ticket';

/** Statuses with which a server or its proxy says "not now": the call was not carried out. */
const PASSING = new Set([429, 502, 503, 504]);

/** No answer: the network failed, the call took too long, or what answered was not Signalbox. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** The server's refusal, decoded from `application/problem+json` (RFC 9457). `message` is for people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  /** @param retryAfterMs from the header `Retry-After`, milliseconds, when the server named a delay */
  constructor(
    readonly problem: Problem,
    readonly retryAfterMs?: number,
  ) {
    super(problem.detail || problem.title);
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): ProblemCode {
    return this.problem.code;
  }

  /** What is wrong with which field of the body or the query; empty when it is about no field. */
  get fields(): readonly FieldError[] {
    return this.problem.errors ?? [];
  }

  /** The first complaint about a field, for showing beside it. */
  messageFor(field: string): string | undefined {
    return this.fields.find((error) => error.field === field)?.message;
  }

  /** Of a 409 `conflict`: the fields that somebody else changed meanwhile. */
  get conflicts(): readonly FieldConflict[] {
    return this.problem.conflicts ?? [];
  }

  /** Of a 409 `already_claimed`: who has the ticket. */
  get holder(): PersonRef | undefined {
    return this.problem.holder;
  }

  /** The current ticket, where the answer carries it. */
  get ticket(): Ticket | undefined {
    return this.problem.ticket;
  }
}

/** Whether the same call may succeed later without a change: no answer came, or "not now". */
export function isPassing(error: unknown): error is NetworkError | ProblemError {
  return error instanceof NetworkError || (error instanceof ProblemError && PASSING.has(error.status));
}

/** Whether nobody is signed in any more, as the server sees it. */
export function isSignedOut(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.status === 401;
}
