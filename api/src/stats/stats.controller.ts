import { Controller, Get, Query } from '@nestjs/common';

import { noQuery } from '../contract/queries.js';
import type { Stats } from '../contract/stats.js';
import { EventLog } from '../event-log/event-log.js';
import { LiveStats } from './live-stats.js';

@Controller('api/tickets/stats')
export class StatsController {
  constructor(
    private readonly log: EventLog,
    private readonly live: LiveStats,
  ) {}

  @Get()
  async stats(@Query({ schema: noQuery }) _query: object): Promise<Stats> {
    await this.log.settled();
    return this.live.stats();
  }
}
