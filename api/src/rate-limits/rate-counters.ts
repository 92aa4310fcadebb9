import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

import { ENVIRONMENT, type Environment } from '../config/environment.js';
import type { RedisConnection } from '../redis/redis-connection.js';
import { REDIS } from '../redis/redis.module.js';
import { type PolicyName, quotas } from './policies.js';

/** Injection token of the length of a window in whole seconds. */
export const RATE_LIMIT_WINDOW = Symbol('RateLimitWindow');

/** One counter: a policy and whose calls it counts. */
export interface Count {
  readonly policy: PolicyName;
  readonly key: string;
}

/** A counter after a call. */
export interface Tally extends Count {
  readonly quota: number;
  /** Seconds. */
  readonly window: number;
  /** How many calls are left in this window. */
  readonly remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  readonly reset: number;
  /** When the window ends, by performance.now(). */
  readonly endsAt: number;
  readonly exceeded: boolean;
}

/**
 * Counts calls in windows that begin with a key's first call. A refused call does not prolong its window. In
 * memory, or in Redis for several processes; while Redis is away each process counts for itself, so that no
 * call fails or waits for it.
 */
@Injectable()
export class RateCounters {
  readonly #limiters: Readonly<Record<PolicyName, RateLimiterMemory | RateLimiterRedis>>;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(REDIS) redis: RedisConnection | null,
    @Inject(RATE_LIMIT_WINDOW) private readonly window: number,
  ) {
    const limiter = ([policy, points]: [string, number]) => {
      const options = { keyPrefix: `signalbox:rate:${policy}`, points, duration: window };
      const memory = new RateLimiterMemory(options);
      if (redis === null) return [policy, memory];
      const storeClient = redis.client;
      return [
        policy,
        new RateLimiterRedis({
          ...options,
          storeClient,
          rejectIfRedisNotReady: true,
          insuranceLimiter: memory,
        }),
      ];
    };
    this.#limiters = Object.fromEntries(Object.entries(quotas(environment)).map(limiter)) as Record<
      PolicyName,
      RateLimiterMemory
    >;
  }

  /** Counts one call. */
  async take(count: Count): Promise<Tally> {
    const limiter = this.#limiters[count.policy];
    try {
      return this.#tally(count, await limiter.consume(count.key), false);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return this.#tally(count, refused, true);
    }
  }

  /** Takes one call back: as if it had not been made. The window after its own gets nothing. */
  async giveBack({ policy, key, endsAt }: Tally): Promise<void> {
    if (performance.now() < endsAt) await this.#limiters[policy].reward(key);
  }

  #tally(
    { policy, key }: Count,
    { remainingPoints, msBeforeNext }: RateLimiterRes,
    exceeded: boolean,
  ): Tally {
    return {
      policy,
      key,
      quota: this.#limiters[policy].points,
      window: this.window,
      remaining: remainingPoints,
      reset: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
      endsAt: performance.now() + msBeforeNext,
      exceeded,
    };
  }
}
