import { type DynamicModule, Module } from '@nestjs/common';

import { type Environment, ENVIRONMENT } from './config/environment.js';
import {
  EVENT_LOG_DEFAULTS,
  EVENT_LOG_OPTIONS,
  type EventLogOptions,
} from './event-log/event-log.options.js';

/** What the process was told at start, for every module. */
@Module({})
export class SettingsModule {
  static forRoot(environment: Environment, eventLog: Partial<EventLogOptions> = {}): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      providers: [
        { provide: ENVIRONMENT, useValue: environment },
        { provide: EVENT_LOG_OPTIONS, useValue: { ...EVENT_LOG_DEFAULTS, ...eventLog } },
      ],
      exports: [ENVIRONMENT, EVENT_LOG_OPTIONS],
    };
  }
}
