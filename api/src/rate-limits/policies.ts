import type { Environment } from '../config/environment.js';
import type { RouteName } from '../contract/routes.js';

/** What is counted, and for whom. The names are on the wire: they are those of the `RateLimit` header. */
export type PolicyName =
  'sign-in' | 'account' | 'single-sign-on' | 'create' | 'classify' | 'token' | 'wrong-token';

/** How many calls a window allows. */
export const quotas = (environment: Environment): Readonly<Record<PolicyName, number>> => ({
  'sign-in': environment.RATE_LIMIT_SIGN_IN,
  account: environment.RATE_LIMIT_SIGN_IN,
  'single-sign-on': environment.RATE_LIMIT_SIGN_IN,
  create: environment.RATE_LIMIT_CREATE,
  classify: environment.RATE_LIMIT_CLASSIFY,
  token: environment.RATE_LIMIT_TOKEN,
  'wrong-token': environment.RATE_LIMIT_SIGN_IN,
});

/** Ways in count whoever calls: having a session or a token must not help to guess a password. */
export const WAYS_IN: Partial<Record<RouteName, readonly PolicyName[]>> = {
  signIn: ['sign-in', 'account'],
  changePassword: ['sign-in', 'account'],
  setUp: ['sign-in'],
  resetPassword: ['sign-in'],
  // Apart: a foreign page can make its visitor's browser call this one, which must not use up the other tries.
  oidcCallback: ['single-sign-on'],
  openDisplay: ['sign-in'],
};

/** What counts for who is not signed in. */
export const INTAKE: Partial<Record<RouteName, PolicyName>> = {
  createTicket: 'create',
  classify: 'classify',
};
