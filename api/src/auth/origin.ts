import type { IncomingMessage } from 'node:http';

import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';

import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { type Trusts, trusts } from '../config/trust-proxy.js';

/** `scheme://host` as the caller reached this desk, for links that are handed out. */
export const ownOrigin = (request: Request): string => `${request.protocol}://${request.host}`;

/** Which pages may use a visitor's cookies. */
@Injectable()
export class Origins {
  readonly #allowed: ReadonlySet<string>;
  readonly #trusts: Trusts;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.#allowed = new Set(environment.CORS_ORIGINS);
    this.#trusts = trusts(environment.TRUST_PROXY);
  }

  /**
   * Whether the `Origin` header names this desk itself or one of CORS_ORIGINS. Hosts are compared without the
   * scheme: behind a proxy that ends TLS the two differ. Absent: false.
   */
  allows(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    if (origin === undefined) return false;
    if (this.#allowed.has(origin)) return true;
    if (!URL.canParse(origin)) return false;
    const { host } = new URL(origin);
    return host !== '' && host === this.#ownHost(request);
  }

  /**
   * Whether a write with this caller's cookies was made by a page of ours. A browser names the page's origin or
   * says that it is the same; what says neither is no browser's page.
   */
  allowsWrite(request: IncomingMessage): boolean {
    if (request.headers.origin !== undefined) return this.allows(request);
    return request.headers['sec-fetch-site'] === 'same-origin';
  }

  /** As Express finds `request.host`, also for an upgrade: only a trusted proxy may say that it was called for another. */
  #ownHost({ headers, socket }: IncomingMessage): string | undefined {
    const forwarded = this.#trusts(socket.remoteAddress ?? '', 0) ? headers['x-forwarded-host'] : undefined;
    const first = Array.isArray(forwarded) ? forwarded[0] : forwarded;
    return first?.split(',')[0]?.trim() ?? headers.host;
  }
}
