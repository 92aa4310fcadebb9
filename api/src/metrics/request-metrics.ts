import type { RequestHandler } from 'express';

import { routeLabel } from '../logging/route-label.js';
import type { Metrics } from './metrics.js';

/** Measures every request that is answered. */
export function requestMetrics(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    response.once('finish', () => {
      const labels = { route: routeLabel(request), status: String(response.statusCode) };
      metrics.requests.observe(labels, (performance.now() - begun) / 1_000);
    });
    next();
  };
}
