import { Module } from '@nestjs/common';

import { EventLogModule } from '../event-log/event-log.module.js';
import { StatsModule } from '../stats/stats.module.js';
import { FanOut } from './fan-out.js';
import { FeedGateway } from './feed.gateway.js';
import { Replay } from './replay.js';

@Module({
  imports: [EventLogModule, StatsModule],
  providers: [FanOut, Replay, FeedGateway],
})
export class RealtimeModule {}
