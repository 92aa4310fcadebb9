import { parseCookies } from 'better-auth/cookies';
import type { CookieOptions, Request, Response } from 'express';

export const SESSION_COOKIE = 'signalbox.session_token';
export const DISPLAY_COOKIE = 'signalbox.display';
/** Not a credential: it tells one visitor's repeatable writes from another's. */
export const VISITOR_COOKIE = 'signalbox.visitor';

type CookieName = typeof SESSION_COOKIE | typeof DISPLAY_COOKIE | typeof VISITOR_COOKIE;

/** Browsers cap it there; how long a session really lives is the server's business. */
const MAX_AGE_MS = 400 * 86_400_000;

const options = (request: Request): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  secure: request.secure,
});

/** The cookies of a `Cookie` header by name. */
export const readCookies = (header: string | undefined): ReadonlyMap<string, string> =>
  header === undefined ? new Map() : parseCookies(header);

export function setCookie(request: Request, response: Response, name: CookieName, value: string): void {
  response.cookie(name, value, { ...options(request), maxAge: MAX_AGE_MS });
}

export function clearCookie(request: Request, response: Response, name: CookieName): void {
  response.clearCookie(name, options(request));
}
