import type { Ready } from '#contract/health';

import { request } from './request.js';

const NOT_READY = 503;

/** What of the server is up; also when something that is needed is down. Throws what `request` throws. */
export const getReady = (signal?: AbortSignal): Promise<Ready> =>
  request('GET', '/api/health/ready', { signal, answers: [NOT_READY] });
