import { randomUUID } from 'node:crypto';

import type { routes } from '../../src/contract/routes.js';
import type { RestClient } from './rest-client.js';

export type RouteName = keyof typeof routes;

/** A request that is valid whoever may send it: refused, it is so for who sent it. */
export interface Example {
  /** With real ids, and a query where it needs one. */
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Of somebody who can sign in at each desk that examples were made for. */
export const PASSWORD = 'a long enough password';

const TICKET = { title: 'A ticket', description: 'What it is about', category: 'billing', priority: 'low' };
const VIEW = { name: 'A view', query: 'status=open', shared: false };

const hashOf = (url: string): string => new URL(url).hash.slice(1);
const newEmail = (): string => `${randomUUID()}@example.com`;

/** Somebody with a password. */
export async function invite(admin: RestClient, role = 'agent'): Promise<{ id: string; email: string }> {
  const email = newEmail();
  const { body } = await admin.post<{ person: { id: string }; link: { url: string } }>('/api/people', {
    name: 'Ida',
    email,
    role,
  });
  await admin.post('/api/auth/reset-password', { token: hashOf(body.link.url), password: PASSWORD });
  return { id: body.person.id, email };
}

/**
 * Makes a request for each route, on things that were made for this request alone.
 * @param admin makes these things: an administrator who is signed in
 */
export function routeExamples(admin: RestClient): Record<RouteName, () => Promise<Example>> {
  const ticket = async () => `/api/tickets/${(await admin.create()).id}`;
  const made = async <Answer>(path: string, body: object) => (await admin.post<Answer>(path, body)).body;
  const person = async () => {
    const invited = await made<{ person: { id: string } }>('/api/people', {
      name: 'Ida',
      email: newEmail(),
      role: 'agent',
    });
    return `/api/people/${invited.person.id}`;
  };
  const token = async () => {
    const { id } = await made<{ id: string }>('/api/tokens', { name: 'a script', scopes: ['tickets:read'] });
    return `/api/tokens/${id}`;
  };
  const view = async () => `/api/views/${(await made<{ id: string }>('/api/views', VIEW)).id}`;
  const display = () => made<{ id: string; url: string }>('/api/displays', { name: 'a screen' });
  let door: Promise<{ email: string }> | undefined;
  const get = (path: string) => async () => ({ path });

  return {
    listTickets: get('/api/tickets?status=open&page_size=2'),
    createTicket: async () => ({ path: '/api/tickets', body: TICKET }),
    getStats: get('/api/tickets/stats'),
    getSeries: get('/api/tickets/stats/series?group_by=category'),
    getWall: get('/api/wall'),
    classify: async () => ({ path: '/api/tickets/classify', body: { description: 'My bill is wrong' } }),
    getTicket: async () => ({ path: await ticket() }),
    patchTicket: async () => ({ path: await ticket(), body: { status: 'resolved' } }),
    deleteTicket: async () => ({ path: await ticket() }),
    ticketHistory: async () => ({ path: `${await ticket()}/history` }),
    listComments: async () => {
      const path = `${await ticket()}/comments`;
      await admin.post(path, { body: 'What we know', internal: true });
      return { path };
    },
    createComment: async () => ({
      path: `${await ticket()}/comments`,
      body: { body: 'We are on it', internal: false },
    }),
    claimTicket: async () => ({ path: `${await ticket()}/claim` }),
    listEvents: get('/api/events?after=oldest&limit=2'),
    healthLive: get('/api/health/live'),
    healthReady: get('/api/health/ready'),
    getMe: get('/api/me'),
    patchMe: async () => ({ path: '/api/me', body: { name: 'Another Name' } }),
    // Whoever has no password is told that this one is wrong.
    changePassword: async () => ({
      path: '/api/me/password',
      body: { current_password: PASSWORD, password: PASSWORD },
    }),
    signIn: async () => {
      const { email } = await (door ??= invite(admin));
      return { path: '/api/auth/sign-in/email', body: { email, password: PASSWORD } };
    },
    signOut: get('/api/auth/sign-out'),
    signOutEverywhere: get('/api/auth/sign-out-everywhere'),
    resetPassword: async () => {
      const { url } = await made<{ url: string }>(`${await person()}/password-link`, {});
      return { path: '/api/auth/reset-password', body: { token: hashOf(url), password: PASSWORD } };
    },
    signInWithOidc: get('/api/auth/sign-in/oidc'),
    oidcCallback: get('/api/auth/oidc/callback?code=x&state=y'),
    // Where there is an administrator no link is good any more.
    setUp: async () => ({
      path: '/api/setup',
      body: { token: 'sbs_spent', name: 'Root', email: newEmail(), password: PASSWORD },
    }),
    openDisplay: async () => ({
      path: '/api/displays/open',
      body: { token: hashOf((await display()).url) },
    }),
    listAssignees: get('/api/assignees'),
    listTokens: get('/api/tokens'),
    createToken: async () => ({ path: '/api/tokens', body: { name: 'a script', scopes: ['tickets:read'] } }),
    // Whoever may revoke only their own is told that there is no such token.
    revokeToken: async () => ({ path: await token() }),
    listViews: get('/api/views'),
    createView: async () => ({ path: '/api/views', body: VIEW }),
    // Whoever has not saved it is told that there is no such view.
    patchView: async () => ({ path: await view(), body: { name: 'Another view' } }),
    deleteView: async () => ({ path: await view() }),
    listPeople: get('/api/people?page_size=2'),
    createPerson: async () => ({
      path: '/api/people',
      body: { name: 'Ida', email: newEmail(), role: 'agent' },
    }),
    patchPerson: async () => ({ path: await person(), body: { name: 'Another Name' } }),
    createPasswordLink: async () => ({ path: `${await person()}/password-link` }),
    signOutPerson: async () => ({ path: `${await person()}/sign-out` }),
    listDisplays: get('/api/displays'),
    createDisplay: async () => ({ path: '/api/displays', body: { name: 'a screen' } }),
    revokeDisplay: async () => ({ path: `/api/displays/${(await display()).id}` }),
    getSettings: get('/api/settings'),
    patchSettings: async () => ({ path: '/api/settings', body: { classification_enabled: false } }),
    getClassification: get('/api/classification'),
    testClassification: async () => ({
      path: '/api/classification/test',
      body: { description: 'My bill is wrong' },
    }),
    listAudit: get('/api/audit'),
    searchEvents: get('/api/events/log?page_size=2'),
  };
}

/** Sends an example of a route as somebody. */
export function send(caller: RestClient, method: string, { path, body, headers = {} }: Example) {
  return body === undefined
    ? caller.send<unknown>(method.toUpperCase(), path, undefined, headers)
    : caller.json<unknown>(method.toUpperCase(), path, body, headers);
}
