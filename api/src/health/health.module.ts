import { Module } from '@nestjs/common';

import { ClassificationModule } from '../classification/classification.module.js';
import { EventLogModule } from '../event-log/event-log.module.js';
import { RedisModule } from '../redis/redis.module.js';
import { HealthController } from './health.controller.js';
import { HealthMetrics } from './health-metrics.js';
import { HealthService } from './health.service.js';

@Module({
  imports: [ClassificationModule, EventLogModule, RedisModule],
  controllers: [HealthController],
  providers: [HealthMetrics, HealthService],
})
export class HealthModule {}
