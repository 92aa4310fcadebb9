import { Injectable } from '@nestjs/common';

import { Metrics } from '../metrics/metrics.js';
import { HealthService } from './health.service.js';

/** The parts of the service that are in use, as `/api/health/ready` tells them. */
@Injectable()
export class HealthMetrics {
  constructor(health: HealthService, metrics: Metrics) {
    metrics.gauge(
      'signalbox_part_up',
      'Whether a part of the service is up; those that are off are left out',
      async () => {
        const { checks } = await health.ready();
        const used = Object.entries(checks).filter(([, state]) => state !== 'off');
        return Object.fromEntries(used.map(([part, state]) => [part, Number(state === 'up')]));
      },
      'part',
    );
  }
}
