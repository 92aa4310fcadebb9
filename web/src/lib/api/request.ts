import type { Problem, ProblemCode } from '#contract/problem';

import { isSignedOut, NetworkError, ProblemError } from './errors.js';

const TIMEOUT_MS = 20_000;

export interface RequestOptions {
  /** Absent values are left out; a list becomes a comma list. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** False: a 401 is about what was sent (a password, a link), not about who is signed in. */
  readonly answersOfSession?: boolean;
  /** Statuses that are an answer too, when they bring one that is no problem. */
  readonly answers?: readonly number[];
}

/** Of the short lists, which are read by page. */
export interface Page {
  readonly page?: number | undefined;
  readonly page_size?: number | undefined;
}

const signedOutListeners = new Set<() => void>();

/** Called whenever an answer says that nobody is signed in any more; returns how to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

export type QueryValue = string | number | readonly string[] | undefined;

/**
 * One call of the REST interface, from the same origin, with the session's cookie.
 *
 * @param path begins with `/api/`; may hold a query (a link that an earlier answer gave)
 * @returns the decoded body; undefined when the answer has none
 * @throws ProblemError when the server refuses, NetworkError when there is no answer in 20 s or it is not
 * Signalbox that answers, the signal's reason when it was aborted
 */
export async function request<Answer>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  { query, body, signal, answersOfSession = true, answers = [] }: RequestOptions = {},
): Promise<Answer> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(withQuery(path, query), {
      method,
      headers: {
        accept: 'application/json, application/problem+json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await decode(response);
    const isAnswer = answers.includes(response.status) && answer !== undefined && !isProblem(answer);
    if (!response.ok && !isAnswer) throw refusal(response, answer);
    return answer as Answer;
  } catch (error) {
    signal?.throwIfAborted();
    if (answersOfSession && isSignedOut(error)) for (const listener of [...signedOutListeners]) listener();
    if (error instanceof ProblemError || error instanceof NetworkError) throw error;
    throw new NetworkError(deadline.aborted ? 'No answer in time' : 'The server cannot be reached', {
      cause: error,
    });
  }
}

function withQuery(path: string, query: RequestOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    search.set(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

/** A success that is not JSON comes from something in between (a captive portal): not an answer. */
async function decode(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!response.ok) return undefined;
    throw new NetworkError('The answer did not come from Signalbox', { cause });
  }
}

function refusal(response: Response, answer: unknown): ProblemError {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ProblemError(
    isProblem(answer) ? answer : problemOfStatus(response),
    Number.isFinite(seconds) ? seconds * 1_000 : undefined,
  );
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'status' in answer;
}

/** What a proxy says in HTML, or not at all. */
function problemOfStatus({ status, statusText }: Response): Problem {
  const code: ProblemCode = status >= 502 && status <= 504 ? 'unavailable' : 'internal';
  return { type: 'about:blank', title: statusText || `HTTP ${status}`, status, detail: '', code };
}
