import { randomUUID } from 'node:crypto';

import type { routes } from '../../src/contract/routes.js';
import { VIEWS_MAX } from '../../src/contract/views.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { type Desk, startDesk } from './desk.js';
import { type Answer, RestClient } from './rest-client.js';
import { invite, PASSWORD, type RouteName } from './route-examples.js';
import { signIn } from './sign-in.js';
import { execute } from './test-server.js';

export type Outcome = {
  [Name in RouteName]: `${Name} ${Extract<keyof (typeof routes)[Name]['responses'], number>}`;
}[RouteName];

type Outcomes = Partial<Record<Outcome, () => Promise<Answer<unknown>>>>;

const TICKET = { title: 'Printer on fire', description: 'It burns', category: 'technical', priority: 'high' };

/** Brings about what comes of one route only, for reasons of its own. */
export function specialOutcomes(desk: Desk, database: TestDatabase): Outcomes {
  const rest = new RestClient(desk.url);
  const nobody = new RestClient(desk.url, {});
  const ticketPath = async () => `/api/tickets/${(await rest.create()).id}`;
  const person = async (fields: object = {}) => {
    const email = `${randomUUID()}@example.com`;
    const { body } = await rest.post<{ person: { id: string } }>('/api/people', {
      name: 'Ida',
      email,
      role: 'agent',
    });
    await rest.patch(`/api/people/${body.person.id}`, fields);
    return { email, path: `/api/people/${body.person.id}` };
  };
  const viewPath = async () => {
    const { body } = await rest.post<{ id: string }>('/api/views', { name: 'Mine', query: 'assignee=me' });
    return `/api/views/${body.id}`;
  };
  /** The second of two calls that must be one. */
  const again = async (path: string, method: 'post' | 'patch', bodies: readonly [object, object]) => {
    const op_id = randomUUID();
    await rest[method](path, { ...bodies[0], op_id });
    return rest[method](path, { ...bodies[1], op_id });
  };
  /** A browser shows no one what else is in a redirect. */
  const redirect = async (path: string): Promise<Answer<unknown>> => {
    const settings = { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' };
    const other = await startDesk(database.connection, settings);
    try {
      const { status, headers } = await fetch(other.url + path, { redirect: 'manual' });
      return { status, headers, body: null };
    } finally {
      await other.stop();
    }
  };

  return {
    'listTickets 400': () => rest.get('/api/tickets?status=lost&nope=1'),
    'createTicket 422': () => again('/api/tickets', 'post', [TICKET, { ...TICKET, title: 'Another' }]),
    'getTicket 304': async () => rest.get(await ticketPath(), { 'if-none-match': '"7", W/"1"' }),
    'patchTicket 409': async () => {
      const path = await ticketPath();
      await rest.patch(path, { title: 'First', description: 'First' });
      return rest.patch(path, { title: 'Second', description: 'Second', base_version: 1 });
    },
    'patchTicket 412': async () =>
      rest.patch(await ticketPath(), { status: 'closed' }, { 'if-match': '"9"' }),
    'patchTicket 422': async () =>
      again(await ticketPath(), 'patch', [{ status: 'closed' }, { status: 'open' }]),
    'ticketHistory 200': async () => {
      const path = await ticketPath();
      await rest.patch(path, { description: 'Another one', status: 'closed' });
      return rest.get(`${path}/history`);
    },
    'createComment 422': async () =>
      again(`${await ticketPath()}/comments`, 'post', [
        { body: 'Once', internal: true },
        { body: 'Twice', internal: true },
      ]),
    'claimTicket 409': async () => {
      const path = `${await ticketPath()}/claim`;
      await rest.post(path, undefined);
      const { headers } = await signIn(database.connection);
      return new RestClient(desk.url, headers).post(path, undefined);
    },
    'listEvents 200': () => rest.get('/api/events?after=oldest&limit=1000'),
    'listEvents 410': () => rest.get(`/api/events?after=${randomUUID()}.1.abc`),
    'changePassword 204': async () => {
      const { email } = await invite(rest);
      const { headers } = await nobody.post('/api/auth/sign-in/email', { email, password: PASSWORD });
      const cookie = headers.getSetCookie().map((set) => set.split(';')[0])[0]!;
      const mine = new RestClient(desk.url, { cookie, 'sec-fetch-site': 'same-origin' });
      return mine.post('/api/me/password', { current_password: PASSWORD, password: `${PASSWORD}!` });
    },
    'changePassword 429': async () => {
      const strict = await startDesk(database.connection, { RATE_LIMIT_SIGN_IN: '1' });
      try {
        const { headers } = await signIn(database.connection);
        const guesser = new RestClient(strict.url, headers);
        const guess = () =>
          guesser.post('/api/me/password', { current_password: 'guessed', password: PASSWORD });
        await guess();
        return await guess();
      } finally {
        await strict.stop();
      }
    },
    'signInWithOidc 302': () => redirect('/api/auth/sign-in/oidc'),
    'signInWithOidc 404': () => rest.get('/api/auth/sign-in/oidc'),
    'oidcCallback 302': () => redirect('/api/auth/oidc/callback?code=x&state=y'),
    'oidcCallback 404': () => rest.get('/api/auth/oidc/callback'),
    'resetPassword 410': () =>
      nobody.post('/api/auth/reset-password', { token: 'sbp_spent', password: PASSWORD }),
    'openDisplay 410': () => nobody.post('/api/displays/open', { token: 'sbd_revoked' }),
    'setUp 201': async () => {
      await using empty = await createTestDatabase();
      await execute(empty.connection, 'delete from person');
      const other = await startDesk(empty.connection);
      try {
        const token = other.setUpToken;
        const command = { token, name: 'Root', email: 'root@example.com', password: PASSWORD };
        return await new RestClient(other.url, {}).post('/api/setup', command);
      } finally {
        await other.stop();
      }
    },
    'setUp 410': () =>
      nobody.post('/api/setup', {
        token: 'sbs_spent',
        name: 'Root',
        email: 'root@example.com',
        password: PASSWORD,
      }),
    'createView 409': async () => {
      const { id, headers } = await signIn(database.connection);
      const full = `insert into saved_view (owner_id, name, query, shared)
                    select '${id}', 'View ' || n, '', false from generate_series(1, ${VIEWS_MAX}) n`;
      await execute(database.connection, full);
      return new RestClient(desk.url, headers).post('/api/views', { name: 'One more', query: '' });
    },
    'patchView 200': async () => rest.patch(await viewPath(), { shared: true }),
    'deleteView 204': async () => rest.delete(await viewPath()),
    'createPerson 409': async () => {
      const { email } = await person();
      return rest.post('/api/people', { name: 'Ida', email, role: 'agent' });
    },
    'patchPerson 409': async () => rest.patch((await person()).path, { email: (await person()).email }),
    'createPasswordLink 409': async () =>
      rest.post(`${(await person({ disabled: true })).path}/password-link`, undefined),
  };
}
