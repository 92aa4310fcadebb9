import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';

import { ENVIRONMENT, type Environment } from '../config/environment.js';
import type { Capability } from '../contract/access.js';
import { accessOf } from './access-table.js';
import { foreignOrigin, notAllowed, signInNeeded } from './auth.errors.js';
import { Authenticator, bearerToken } from './authenticator.js';
import { type IdentifiedRequest, type Identity, may } from './identity.js';
import { Origins } from './origin.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Writes of these give rights, among others: whoever has just lost theirs must not give them back to themselves. */
const GIVES_RIGHTS: ReadonlySet<Capability> = new Set(['administer', 'account']);

/** Finds out who calls each route, and whether they may: by the contract's table, so that a route outside it is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly origins: Origins,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** @throws ProblemError `unauthenticated`, `forbidden` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const { method, headers } = request;
    const access = accessOf(method, (request.route as { path: string }).path);
    if (access === 'health') return true;
    const token = bearerToken(headers.authorization);
    const isWrite = !SAFE_METHODS.has(method);
    const anew = isWrite && GIVES_RIGHTS.has(access);
    const identity = await this.authenticator.identify({ cookie: headers.cookie, token, request }, { anew });
    // A token is sent by whoever holds it; a cookie is sent by the browser, whichever page asks.
    if (token === undefined && isWrite) this.#refuseForeignPages(request, identity);
    if (!this.#may(identity, access)) throw identity.kind === 'requester' ? signInNeeded() : notAllowed();
    request.identity = identity;
    return true;
  }

  #may(identity: Identity, access: Capability): boolean {
    const closed = access === 'intake' && identity.kind === 'requester' && !this.environment.PUBLIC_INTAKE;
    return !closed && may(identity, access);
  }

  #refuseForeignPages(request: IdentifiedRequest, identity: Identity): void {
    const usesCookie = identity.credential !== null;
    if ((usesCookie || request.headers.origin !== undefined) && !this.origins.allowsWrite(request))
      throw foreignOrigin();
  }
}
