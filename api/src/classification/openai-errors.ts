import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';

import { ModelError, type ModelFault } from './classification.errors.js';

/** Whatever the SDK threw, by what it means here. Messages are dropped: a server may repeat the text in them. */
export function toModelError(error: unknown): ModelError {
  const own = causes(error).find((cause) => cause instanceof ModelError);
  if (own !== undefined) return own;
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) {
    return new ModelError('timeout');
  }
  if (error instanceof APIConnectionError) return new ModelError('unreachable', networkCode(error));
  if (error instanceof APIError) return new ModelError(faultOf(error.status), `HTTP ${error.status}`);
  // Broken off in the middle of the body, or a body that is not the JSON it was said to be.
  return error instanceof SyntaxError
    ? new ModelError('malformed', 'not JSON')
    : new ModelError('unreachable', networkCode(error));
}

function faultOf(status: number): ModelFault {
  if (status === 429) return 'rate_limited';
  if (status >= 500 || status === 408 || status === 409) return 'server_error';
  // 404: the model or the path does not exist, which no other text will change.
  if (status === 401 || status === 403 || status === 404) return 'credentials';
  return 'rejected';
}

function networkCode(error: unknown): string | undefined {
  const codes = causes(error).map((cause) => (cause as { code?: unknown }).code);
  return codes.find((code) => typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code)) as string | undefined;
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let link = error; link instanceof Error && chain.length < 8; link = link.cause) chain.push(link);
  return chain;
}
