import { Module } from '@nestjs/common';

import { EventLogModule } from '../event-log/event-log.module.js';
import { StatsModule } from '../stats/stats.module.js';
import { WallHours } from './wall-hours.js';
import { WallReader } from './wall-reader.js';
import { WallController } from './wall.controller.js';

/** What displays load before they follow the feed's channel `wall`. */
@Module({
  imports: [EventLogModule, StatsModule],
  controllers: [WallController],
  providers: [WallHours, WallReader],
})
export class WallModule {}
