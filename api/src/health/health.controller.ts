import { Controller, Get, HttpStatus, Query, Res } from '@nestjs/common';
import type { Response } from 'express';

import type { Ready } from '../contract/health.js';
import { noQuery } from '../contract/queries.js';
import { HealthService } from './health.service.js';

@Controller('api/health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  live(@Query({ schema: noQuery }) _query: object): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('ready')
  async ready(
    @Query({ schema: noQuery }) _query: object,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Ready> {
    const ready = await this.health.ready();
    if (ready.status === 'down') response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return ready;
  }
}
