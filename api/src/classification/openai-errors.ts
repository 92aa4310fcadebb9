import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';

import { ModelError, type ModelFault } from './classification.errors.js';

/** Whatever the SDK threw, by what it means here. Messages are dropped: a server may repeat the text in them. */
export function toModelError(error: unknown): ModelError {
  const own = causes(error).find((cause) => cause instanceof ModelError);
  if (own !== undefined) return own;
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) {
    return new ModelError('timeout');
  }
  const code = networkCode(error);
  if (error instanceof APIConnectionError) return new ModelError('unreachable', code);
  if (error instanceof APIError) return new ModelError(faultOf(error.status), `HTTP ${error.status}`);
  if (error instanceof SyntaxError) return new ModelError('malformed', 'not JSON');
  // A body that breaks off comes as fetch's own error.
  if (code !== undefined) return new ModelError('unreachable', code);
  return new ModelError('unexpected', error instanceof Error ? error.name : typeof error);
}

function faultOf(status: number): ModelFault {
  if (status === 429) return 'rate_limited';
  if (status >= 500 || status === 408 || status === 409) return 'server_error';
  // 404: the model or the path does not exist, which no other text will change.
  if (status === 401 || status === 403 || status === 404) return 'credentials';
  return 'rejected';
}

function networkCode(error: unknown): string | undefined {
  return causes(error)
    .map(({ code }) => code)
    .find((code) => typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code)) as string | undefined;
}

type Cause = { readonly code?: unknown; readonly cause?: unknown };

function causes(error: unknown): Cause[] {
  const chain: Cause[] = [];
  let link = error;
  while (typeof link === 'object' && link !== null && chain.length < 8) {
    chain.push(link);
    link = (link as Cause).cause;
  }
  return chain;
}
