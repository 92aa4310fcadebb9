import type { Wall } from '#contract/wall';

import { request } from './request.js';

/** All that a screen on a wall shows, at one position in the log. Throws what `request` throws. */
export const getWall = (signal?: AbortSignal): Promise<Wall> => request('GET', '/api/wall', { signal });
