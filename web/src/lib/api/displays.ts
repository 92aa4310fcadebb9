import type { CreatedDisplay, CreateDisplay } from '#contract/credentials';
import type { DisplayList } from '#contract/queries';

import { request, type Page } from './request.js';

/** For administrators. Every call throws what `request` throws. */
export const listDisplays = (page: Page = {}, signal?: AbortSignal): Promise<DisplayList> =>
  request('GET', '/api/displays', { query: { ...page }, signal });

/** The answer holds the link, which is never shown again. */
export const createDisplay = (display: CreateDisplay): Promise<CreatedDisplay> =>
  request('POST', '/api/displays', { body: display });

export const revokeDisplay = (id: string): Promise<void> =>
  request('DELETE', `/api/displays/${encodeURIComponent(id)}`);
