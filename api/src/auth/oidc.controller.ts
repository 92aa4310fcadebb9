import { Controller, Get, Logger, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { z } from 'zod';

import { accountRoutes } from '../contract/account-routes.js';
import { noQuery } from '../contract/queries.js';
import { ProblemError } from '../problems/problem-error.js';
import { readCookies, SESSION_COOKIE, setCookie } from './cookies.js';
import { type OidcAttempt, OidcProvider } from './oidc-provider.js';
import { OidcSignIn } from './oidc-sign-in.js';
import { ownOrigin } from './origin.js';
import { SignInPageFilter, SingleSignOnFailed } from './sign-in-page.filter.js';

const CALLBACK = accountRoutes.oidcCallback.path;
/** Holds an OidcAttempt while the browser is away. */
const ATTEMPT_COOKIE = 'signalbox.oidc';
const ATTEMPT_MS = 10 * 60_000;

const attemptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

/** To the single sign-on and back. A browser is under way here, so failures lead to the sign-in page. */
@UseFilters(SignInPageFilter)
@Controller('api/auth')
export class OidcController {
  readonly #log = new Logger('SingleSignOn');

  constructor(
    private readonly provider: OidcProvider,
    private readonly signIns: OidcSignIn,
  ) {}

  @Get('sign-in/oidc')
  async begin(
    @Query({ schema: noQuery }) _query: object,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.#mustBeSet();
    try {
      const { url, attempt } = await this.provider.begin(ownOrigin(request) + CALLBACK);
      const value = Buffer.from(JSON.stringify(attempt)).toString('base64url');
      response.cookie(ATTEMPT_COOKIE, value, { ...attemptOptions(request), maxAge: ATTEMPT_MS });
      response.redirect(url.href);
    } catch (error) {
      this.#log.warn(`The single sign-on cannot be reached: ${(error as Error).message}`);
      throw new SingleSignOnFailed('unavailable');
    }
  }

  /** @throws SingleSignOnFailed rather than redirect, so that a try that failed is counted as one */
  @Get('oidc/callback')
  async finish(
    @Query({ schema: accountRoutes.oidcCallback.query }) _query: object,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    this.#mustBeSet();
    const attempt = attemptOf(request);
    response.clearCookie(ATTEMPT_COOKIE, attemptOptions(request));
    const secret = attempt === null ? null : await this.#signIn(attempt, request);
    if (secret === null) throw new SingleSignOnFailed('refused');
    setCookie(request, response, SESSION_COOKIE, secret);
    return response.redirect('/');
  }

  async #signIn(attempt: OidcAttempt, request: Request): Promise<string | null> {
    const address = request.ip ?? null;
    const url = new URL(request.originalUrl, ownOrigin(request));
    const subject = await this.provider.finish(url, attempt).catch((error: Error) => {
      this.#log.warn(`A single sign-on failed: ${error.message}`);
      return null;
    });
    if (subject !== null) return this.signIns.signIn(subject, address);
    await this.signIns.refused('not confirmed by the provider', address);
    return null;
  }

  #mustBeSet(): void {
    if (!this.provider.isSet) throw new ProblemError('not_found', 'There is no single sign-on here');
  }
}

const attemptOptions = (request: Request): CookieOptions => ({
  httpOnly: true,
  // Not strict: the provider's page sends the browser back.
  sameSite: 'lax',
  path: CALLBACK,
  secure: request.secure,
});

function attemptOf({ headers }: Request): OidcAttempt | null {
  const value = readCookies(headers.cookie).get(ATTEMPT_COOKIE);
  if (value === undefined) return null;
  try {
    return attemptSchema.parse(JSON.parse(Buffer.from(value, 'base64url').toString()));
  } catch {
    return null;
  }
}
