import { Module } from '@nestjs/common';

import { EventLogModule } from '../event-log/event-log.module.js';
import { StatsModule } from '../stats/stats.module.js';
import { SeriesProjector } from './series-projector.js';
import { SeriesReader } from './series-reader.js';
import { SeriesController } from './series.controller.js';

/** The desk's history by hour and by day. */
@Module({
  imports: [EventLogModule, StatsModule],
  controllers: [SeriesController],
  providers: [SeriesProjector, SeriesReader],
})
export class SeriesModule {}
