import type { CreateView, PatchView, View, ViewList } from '#contract/views';

import { request } from './request.js';

/** One's own saved views, and those that are shared. Every call throws what `request` throws. */
export const listViews = (signal?: AbortSignal): Promise<ViewList> =>
  request('GET', '/api/views', { signal });

export const createView = (view: CreateView): Promise<View> => request('POST', '/api/views', { body: view });

export const patchView = (id: string, view: PatchView): Promise<View> =>
  request('PATCH', `/api/views/${encodeURIComponent(id)}`, { body: view });

export const deleteView = (id: string): Promise<void> =>
  request('DELETE', `/api/views/${encodeURIComponent(id)}`);
