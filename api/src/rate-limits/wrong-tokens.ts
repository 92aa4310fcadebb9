import type { IncomingMessage } from 'node:http';

import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

import { addressBlock, clientAddress } from '../auth/client-address.js';
import type { Identity } from '../auth/identity.js';
import { secretHash } from '../auth/secrets.js';
import { TokenTries } from '../auth/token-tries.js';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { type Trusts, trusts } from '../config/trust-proxy.js';
import { ProblemError } from '../problems/problem-error.js';
import { RateCounters } from './rate-counters.js';
import { tooMany } from './rate-limit.errors.js';

const KNOWN_MS = 86_400_000;
const KNOWN_MAX = 10_000;

/**
 * Counts tokens that are nobody's, by the address block that shows them. A token that was good from there is not
 * counted, so that one forgotten script does not keep an office's others out. Only failures are: many good ones may
 * come at once, and that many wrong ones at once are looked up as well does no harm, as nobody guesses 256 bits.
 */
@Injectable()
export class WrongTokens extends TokenTries {
  readonly #known = new LRUCache<string, true>({ max: KNOWN_MAX, ttl: KNOWN_MS });
  readonly #trusts: Trusts;

  constructor(
    private readonly counters: RateCounters,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    super();
    this.#trusts = trusts(environment.TRUST_PROXY);
  }

  async run(token: string, request: IncomingMessage, look: () => Promise<Identity>): Promise<Identity> {
    const block = addressBlock(clientAddress(request, this.#trusts));
    const known = `${block} ${secretHash(token).toString('base64')}`;
    const count = { policy: 'wrong-token', key: block } as const;
    if (!this.#known.has(known)) {
      const wait = await this.counters.wait(count);
      if (wait !== null) throw tooMany(wait);
    }
    try {
      const identity = await look();
      this.#known.set(known, true);
      return identity;
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'unauthenticated') {
        this.#known.delete(known);
        await this.counters.take(count);
      }
      throw error;
    }
  }
}
