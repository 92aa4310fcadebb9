import type { IncomingMessage } from 'node:http';

import { Inject, Injectable } from '@nestjs/common';

import { addressBlock, clientAddress } from '../auth/client-address.js';
import type { Identity } from '../auth/identity.js';
import { TokenTries } from '../auth/token-tries.js';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { type Trusts, trusts } from '../config/trust-proxy.js';
import { ProblemError } from '../problems/problem-error.js';
import { RateCounters } from './rate-counters.js';
import { tooMany } from './rate-limit.errors.js';

/**
 * Counts tokens that are nobody's, by the address block that shows them, and tells who shows many to wait. One that
 * is good passes all the same: nobody guesses 256 bits, while a forgotten script, or somebody who means harm, would
 * keep out all others behind the same address. What is looked up for nothing costs no more than a made-up cookie.
 */
@Injectable()
export class WrongTokens extends TokenTries {
  readonly #trusts: Trusts;

  constructor(
    private readonly counters: RateCounters,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    super();
    this.#trusts = trusts(environment.TRUST_PROXY);
  }

  async run(request: IncomingMessage, look: () => Promise<Identity>): Promise<Identity> {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'unauthenticated') throw error;
      const key = addressBlock(clientAddress(request, this.#trusts));
      const { exceeded, reset } = await this.counters.take({ policy: 'wrong-token', key });
      throw exceeded ? tooMany(reset) : error;
    }
  }
}
