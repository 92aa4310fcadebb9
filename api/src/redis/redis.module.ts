import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';

import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { RedisConnection } from './redis-connection.js';

/** Injection token of the RedisConnection; null without REDIS_URL, when this is the only process. */
export const REDIS = Symbol('RedisConnection');

@Module({
  providers: [
    {
      provide: REDIS,
      inject: [ENVIRONMENT],
      useFactory: ({ REDIS_URL, REDIS_PASSWORD }: Environment) =>
        REDIS_URL === undefined ? null : new RedisConnection(withPassword(REDIS_URL, REDIS_PASSWORD)),
    },
  ],
  exports: [REDIS],
})
export class RedisModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: RedisConnection | null) {}

  onApplicationShutdown(): void {
    this.redis?.close();
  }
}

/** A password that stands apart may have any characters. */
function withPassword(url: string, password: string | undefined): string {
  if (password === undefined) return url;
  const whole = new URL(url);
  whole.password = encodeURIComponent(password);
  return whole.href;
}
