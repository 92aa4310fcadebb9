import type {
  ChangePassword,
  Me,
  OpenDisplay,
  PatchMe,
  ResetPassword,
  SetUp,
  SignIn,
} from '#contract/session';

import { request } from './request.js';

/** Where the browser goes to sign in elsewhere (`me.single_sign_on`); it comes back signed in. */
export const SINGLE_SIGN_ON = '/api/auth/sign-in/oidc';

/** Who the caller is; answers everybody, also who is not signed in. Every call throws what `request` throws. */
export const getMe = (signal?: AbortSignal): Promise<Me> => request('GET', '/api/me', { signal });

export const patchMe = (patch: PatchMe): Promise<Me> => request('PATCH', '/api/me', { body: patch });

/** Ends the person's other sessions. */
export const changePassword = (passwords: ChangePassword): Promise<void> =>
  request('POST', '/api/me/password', { body: passwords, answersOfSession: false });

/** Sets the session cookie. 401: address or password is wrong; 429: too many tries. */
export const signIn = (credentials: SignIn): Promise<Me> =>
  request('POST', '/api/auth/sign-in/email', { body: credentials, answersOfSession: false });

export const signOut = (): Promise<void> => request('POST', '/api/auth/sign-out');

export const signOutEverywhere = (): Promise<void> => request('POST', '/api/auth/sign-out-everywhere');

/** 410: the link is used up or too old. */
export const resetPassword = (reset: ResetPassword): Promise<void> =>
  request('POST', '/api/auth/reset-password', { body: reset, answersOfSession: false });

/** Makes the first administrator and signs in. 410: there is one already, or the link is used up. */
export const setUp = (setup: SetUp): Promise<Me> =>
  request('POST', '/api/setup', { body: setup, answersOfSession: false });

/** Exchanges the secret of a display's link for a cookie. */
export const openDisplay = (display: OpenDisplay): Promise<Me> =>
  request('POST', '/api/displays/open', { body: display, answersOfSession: false });
