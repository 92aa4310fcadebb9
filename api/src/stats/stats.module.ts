import { Module } from '@nestjs/common';

import { EventLogModule } from '../event-log/event-log.module.js';
import { Baseline } from './baseline.js';
import { LiveStats } from './live-stats.js';
import { StatsController } from './stats.controller.js';

@Module({
  imports: [EventLogModule],
  controllers: [StatsController],
  providers: [Baseline, LiveStats],
  exports: [LiveStats],
})
export class StatsModule {}
