import type { IncomingHttpHeaders } from 'node:http';

import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';

import { ENVIRONMENT, type Environment } from '../config/environment.js';

/** `scheme://host` as the caller reached this desk, for links that are handed out. */
export const ownOrigin = (request: Request): string => `${request.protocol}://${request.host}`;

/** Which pages may use a visitor's cookies. */
@Injectable()
export class Origins {
  readonly #allowed: ReadonlySet<string>;
  readonly #behindProxy: boolean;

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.#allowed = new Set(environment.CORS_ORIGINS);
    this.#behindProxy = environment.TRUST_PROXY !== undefined;
  }

  /**
   * Whether the `Origin` header names this desk itself or one of CORS_ORIGINS. Hosts are compared without the
   * scheme: behind a proxy that ends TLS the two differ. Absent: false.
   */
  allows(headers: IncomingHttpHeaders): boolean {
    const { origin } = headers;
    if (origin === undefined) return false;
    if (this.#allowed.has(origin)) return true;
    if (!URL.canParse(origin)) return false;
    const { host } = new URL(origin);
    return host !== '' && host === this.#ownHost(headers);
  }

  /**
   * Whether a write with this caller's cookies was made by a page of ours. A browser names the page's origin or
   * says that it is the same; what says neither is no browser's page.
   */
  allowsWrite(headers: IncomingHttpHeaders): boolean {
    if (headers.origin !== undefined) return this.allows(headers);
    return headers['sec-fetch-site'] === 'same-origin';
  }

  #ownHost(headers: IncomingHttpHeaders): string | undefined {
    const forwarded = this.#behindProxy ? headers['x-forwarded-host'] : undefined;
    const first = Array.isArray(forwarded) ? forwarded[0] : forwarded;
    return first?.split(',')[0]?.trim() ?? headers.host;
  }
}
