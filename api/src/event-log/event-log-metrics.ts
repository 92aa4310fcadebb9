import { Injectable } from '@nestjs/common';

import { Metrics } from '../metrics/metrics.js';
import { EventLog } from './event-log.js';

/** How the reading of the log does. */
@Injectable()
export class EventLogMetrics {
  constructor(log: EventLog, metrics: Metrics) {
    metrics.gauge('signalbox_feed_up', 'Whether the log is being read', () => Number(log.isUp));
    metrics.gauge(
      'signalbox_feed_held_up_seconds',
      'For how long a transaction that has not ended has held up later events',
      () => log.heldUpMs / 1_000,
    );
    metrics.gauge('signalbox_feed_position', 'Id of the last event read', () => log.position.id);
  }
}
