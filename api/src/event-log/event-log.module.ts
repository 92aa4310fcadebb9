import { Module } from '@nestjs/common';

import { EventLog } from './event-log.js';
import { EventLogMetrics } from './event-log-metrics.js';
import { EventPages } from './event-pages.js';
import { EventRetention } from './event-retention.js';
import { EventSearch } from './event-search.js';
import { EventStream } from './event-stream.js';
import { EventsController } from './events.controller.js';
import { ResumeWindow } from './resume-window.js';

@Module({
  controllers: [EventsController],
  providers: [EventLog, EventLogMetrics, EventPages, EventRetention, EventSearch, EventStream, ResumeWindow],
  exports: [EventLog, EventPages],
})
export class EventLogModule {}
