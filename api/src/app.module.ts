import { type DynamicModule, Module } from '@nestjs/common';

import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ClassificationModule } from './classification/classification.module.js';
import type { Environment } from './config/environment.js';
import { CredentialsModule } from './credentials/credentials.module.js';
import type { DatabaseConnection } from './database/connection.js';
import { type DatabaseLimits, DatabaseModule } from './database/database.module.js';
import type { EventLogOptions } from './event-log/event-log.options.js';
import { HealthModule } from './health/health.module.js';
import { ShutdownModule } from './lifecycle/shutdown.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PeopleModule } from './people/people.module.js';
import { ProblemsModule } from './problems/problems.module.js';
import { RateLimitsModule } from './rate-limits/rate-limits.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { RuntimeSettingsModule } from './runtime-settings/runtime-settings.module.js';
import { SeriesModule } from './series/series.module.js';
import { SettingsModule } from './settings.module.js';
import { StatsModule } from './stats/stats.module.js';
import { PersonEntity } from './tickets/person.entity.js';
import { TicketEntity } from './tickets/ticket.entity.js';
import { TicketsModule } from './tickets/tickets.module.js';
import { ViewsModule } from './views/views.module.js';
import { WallModule } from './wall/wall.module.js';

/** What differs from a desk in production; each is optional. */
export interface ModuleOptions {
  readonly eventLog?: Partial<EventLogOptions>;
  readonly databaseLimits?: DatabaseLimits;
  /** What the rate limits are for, in whole seconds; absent: a minute. */
  readonly rateLimitWindow?: number;
}

@Module({})
export class AppModule {
  /** Composition only. Stats and classification come before tickets: their paths are under `/api/tickets`. */
  static forRoot(
    environment: Environment,
    connection: DatabaseConnection,
    { eventLog = {}, databaseLimits, rateLimitWindow }: ModuleOptions,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(environment, eventLog),
        ShutdownModule,
        MetricsModule,
        DatabaseModule.forRoot(connection, [TicketEntity, PersonEntity], databaseLimits),
        AuthModule,
        RateLimitsModule.forRoot(rateLimitWindow),
        ProblemsModule,
        AuditModule,
        PeopleModule,
        CredentialsModule,
        RuntimeSettingsModule,
        StatsModule,
        SeriesModule,
        WallModule,
        ViewsModule,
        ClassificationModule,
        TicketsModule,
        RealtimeModule,
        HealthModule,
      ],
    };
  }
}
