import { type DynamicModule, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';

import { TokenTries } from '../auth/token-tries.js';
import { RedisModule } from '../redis/redis.module.js';
import { FamiliarPlaces } from './familiar-places.js';
import { RATE_LIMIT_WINDOW, RateCounters } from './rate-counters.js';
import { RateLimitInterceptor } from './rate-limit.interceptor.js';
import { WrongTokens } from './wrong-tokens.js';

const WINDOW_SECONDS = 60;

/** How often one may call. Never a write to the database. Global, for what is counted before a route is reached. */
@Module({})
export class RateLimitsModule {
  /** @param windowSeconds what the limits are for; whole seconds */
  static forRoot(windowSeconds: number = WINDOW_SECONDS): DynamicModule {
    return {
      module: RateLimitsModule,
      global: true,
      imports: [RedisModule],
      providers: [
        { provide: RATE_LIMIT_WINDOW, useValue: windowSeconds },
        RateCounters,
        FamiliarPlaces,
        { provide: TokenTries, useClass: WrongTokens },
        { provide: APP_INTERCEPTOR, useClass: RateLimitInterceptor },
      ],
      exports: [TokenTries],
    };
  }
}
