import { ProblemError } from '../problems/problem-error.js';

export const badToken = () =>
  new ProblemError('unauthenticated', 'This token is not known, or no longer: it may be revoked or expired');

export const signInNeeded = () => new ProblemError('unauthenticated', 'Sign in, or send a token');

export const notAllowed = () => new ProblemError('forbidden', 'You may not do this');

export const foreignOrigin = () =>
  new ProblemError('forbidden', 'A write with a cookie must come from a page of this desk');

export const badPassword = () => new ProblemError('unauthenticated', 'The address or the password is wrong');

export const personDisabled = () =>
  new ProblemError('forbidden', 'This account is disabled; an administrator can enable it');

export const linkSpent = () =>
  new ProblemError('gone', 'This link was used already or is too old; ask for a new one');

export const setUpLinkSpent = () =>
  new ProblemError(
    'gone',
    'This set-up link was used already or is too old; each start of the server prints a new one',
  );

export const displayRevoked = () =>
  new ProblemError('gone', 'This display link is not known, or was revoked; ask for a new one');
