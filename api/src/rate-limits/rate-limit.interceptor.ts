import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Response } from 'express';
import { concatMap, type Observable } from 'rxjs';

import { routeNameOf } from '../auth/access-table.js';
import { addressBlock, clientAddress } from '../auth/client-address.js';
import type { IdentifiedRequest } from '../auth/identity.js';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { type Trusts, trusts } from '../config/trust-proxy.js';
import type { RouteName } from '../contract/routes.js';
import { FamiliarPlaces } from './familiar-places.js';
import { INTAKE, WAYS_IN } from './policies.js';
import { type Count, RateCounters, type Tally } from './rate-counters.js';
import { tooMany } from './rate-limit.errors.js';

/** Nothing that is longer is an address of a person. */
const ACCOUNT_MAX = 320;

/**
 * Counts calls by the table of policies and refuses those beyond: after AccessGuard, which knows the caller, and
 * before the body is checked, a password is tried or a failure goes to the audit, so that trying fills no table.
 *
 * A way in that succeeds is given back: only failures count. So an office behind one address can come in as one,
 * somebody who signs in often is never slowed, and a success gives a guesser no further try than it took.
 */
@Injectable()
export class RateLimitInterceptor implements NestInterceptor {
  readonly #trusts: Trusts;

  constructor(
    private readonly counters: RateCounters,
    private readonly places: FamiliarPlaces,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.#trusts = trusts(environment.TRUST_PROXY);
  }

  /** @throws ProblemError `rate_limited` */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const name = routeNameOf(request.method, (request.route as { path: string }).path);
    const block = addressBlock(clientAddress(request, this.#trusts));
    const account = accountOf(request);
    const waysIn = this.#waysIn(name, block, account);
    const counts = [...waysIn, ...callerCounts(name, request, block)];
    if (counts.length === 0) return next.handle();
    const tallies = await this.#take(counts, context.switchToHttp().getResponse<Response>());
    if (waysIn.length === 0) return next.handle();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        await Promise.all(tallies.slice(0, waysIn.length).map((taken) => this.counters.giveBack(taken)));
        if (account !== null) this.places.add(account, block);
        return answer;
      }),
    );
  }

  /** All or nothing: a call that one counter refuses is not counted by those before it. */
  async #take(counts: readonly Count[], response: Response): Promise<Tally[]> {
    const tallies: Tally[] = [];
    for (const [index, count] of counts.entries()) {
      const tally = await this.counters.take(count);
      tallies.push(tally);
      if (!tally.exceeded) continue;
      await Promise.all(tallies.slice(0, index).map((taken) => this.counters.giveBack(taken)));
      tell(response, [tally]);
      throw tooMany(tally.reset);
    }
    tell(response, tallies);
    return tallies;
  }

  #waysIn(name: RouteName, block: string, account: string | null): Count[] {
    return (WAYS_IN[name] ?? []).flatMap((policy): Count[] => {
      if (policy !== 'account') return [{ policy, key: block }];
      return account === null ? [] : [{ policy, key: this.places.counterOf(account, block) }];
    });
  }
}

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers */
function tell(response: Response, tallies: readonly Tally[]): void {
  response.setHeader(
    'RateLimit-Policy',
    tallies.map(({ policy, quota, window }) => `"${policy}";q=${quota};w=${window}`).join(', '),
  );
  response.setHeader(
    'RateLimit',
    tallies.map(({ policy, remaining, reset }) => `"${policy}";r=${remaining};t=${reset}`).join(', '),
  );
}

/** Whose password is tried: that of the address in the body, else the caller's own; null: nobody's. */
function accountOf({ body, identity }: IdentifiedRequest): string | null {
  const { email } = (body ?? {}) as { email?: unknown };
  if (typeof email === 'string') return email.trim().toLowerCase().slice(0, ACCOUNT_MAX);
  return identity?.person?.id ?? null;
}

function callerCounts(name: RouteName, { identity }: IdentifiedRequest, block: string): Count[] {
  if (identity?.kind === 'token') return [{ policy: 'token', key: identity.credential!.id }];
  const policy = identity?.kind === 'requester' ? INTAKE[name] : undefined;
  return policy === undefined ? [] : [{ policy, key: block }];
}
