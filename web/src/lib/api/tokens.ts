import type { CreateApiToken, CreatedApiToken } from '#contract/credentials';
import type { ApiTokenList } from '#contract/queries';

import { request, type Page } from './request.js';

/** One's own; all of them for administrators. Every call throws what `request` throws. */
export const listTokens = (page: Page = {}, signal?: AbortSignal): Promise<ApiTokenList> =>
  request('GET', '/api/tokens', { query: { ...page }, signal });

/** The answer holds the secret, which is never shown again. */
export const createToken = (token: CreateApiToken): Promise<CreatedApiToken> =>
  request('POST', '/api/tokens', { body: token });

export const revokeToken = (id: string): Promise<void> =>
  request('DELETE', `/api/tokens/${encodeURIComponent(id)}`);
