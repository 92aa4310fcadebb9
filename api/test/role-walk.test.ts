import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { CredentialPurge } from '../src/auth/credential-purge.js';
import { routes } from '../src/contract/routes.js';
import { CALLERS, type Worth } from './support/callers.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { RestClient } from './support/rest-client.js';
import { type Example, type RouteName, routeExamples, send } from './support/route-examples.js';
import { servedRoutes } from './support/served-routes.js';
import { AGENT, signIn } from './support/sign-in.js';
import { tableDigests } from './support/table-digests.js';

const o = true;
const x = false;

/** contract.md's "Who may do what", word for word: the code has a table of its own, which this one is held against. */
const COLUMNS = [
  'requester',
  'display',
  'agent',
  'admin',
  'tickets:read',
  'tickets:write',
  'admin token',
] as const;
const TABLE = {
  'health, for whoever asks': [o, o, o, o, o, o, o],
  'the doors, and who am I': [o, o, o, o, o, o, o],
  'create, classify': [o, x, o, o, x, o, x],
  'read tickets, events': [x, x, o, o, o, x, x],
  'stats, wall': [x, o, o, o, o, x, x],
  'change, comment, claim': [x, x, o, o, x, o, x],
  'delete; users, displays, settings, audit': [x, x, x, o, x, x, o],
  'tokens and the own account': [x, x, o, o, x, x, x],
} as const satisfies Record<string, Readonly<Record<number, boolean>>>;

type Row = keyof typeof TABLE;

/** Where each route stands in that table. */
const ROWS: Record<RouteName, Row> = {
  healthLive: 'health, for whoever asks',
  healthReady: 'health, for whoever asks',
  getMe: 'the doors, and who am I',
  signIn: 'the doors, and who am I',
  signOut: 'the doors, and who am I',
  resetPassword: 'the doors, and who am I',
  signInWithOidc: 'the doors, and who am I',
  oidcCallback: 'the doors, and who am I',
  setUp: 'the doors, and who am I',
  openDisplay: 'the doors, and who am I',
  createTicket: 'create, classify',
  classify: 'create, classify',
  listTickets: 'read tickets, events',
  getTicket: 'read tickets, events',
  ticketHistory: 'read tickets, events',
  listComments: 'read tickets, events',
  listEvents: 'read tickets, events',
  listAssignees: 'read tickets, events',
  getSeries: 'read tickets, events',
  getStats: 'stats, wall',
  getWall: 'stats, wall',
  patchTicket: 'change, comment, claim',
  createComment: 'change, comment, claim',
  claimTicket: 'change, comment, claim',
  deleteTicket: 'delete; users, displays, settings, audit',
  listPeople: 'delete; users, displays, settings, audit',
  createPerson: 'delete; users, displays, settings, audit',
  patchPerson: 'delete; users, displays, settings, audit',
  createPasswordLink: 'delete; users, displays, settings, audit',
  signOutPerson: 'delete; users, displays, settings, audit',
  listDisplays: 'delete; users, displays, settings, audit',
  createDisplay: 'delete; users, displays, settings, audit',
  revokeDisplay: 'delete; users, displays, settings, audit',
  getSettings: 'delete; users, displays, settings, audit',
  patchSettings: 'delete; users, displays, settings, audit',
  getClassification: 'delete; users, displays, settings, audit',
  testClassification: 'delete; users, displays, settings, audit',
  listAudit: 'delete; users, displays, settings, audit',
  searchEvents: 'delete; users, displays, settings, audit',
  patchMe: 'tokens and the own account',
  changePassword: 'tokens and the own account',
  signOutEverywhere: 'tokens and the own account',
  listTokens: 'tokens and the own account',
  createToken: 'tokens and the own account',
  revokeToken: 'tokens and the own account',
  listViews: 'tokens and the own account',
  createView: 'tokens and the own account',
  patchView: 'tokens and the own account',
  deleteView: 'tokens and the own account',
};

/** After these the caller is somebody else. */
const ENDING: ReadonlySet<RouteName> = new Set(['signOut', 'signOutEverywhere']);
const NAMES = Object.keys(ROWS) as RouteName[];

type Outcome = 'allowed' | 401 | 403;

function expected(worth: Worth, name: RouteName): Outcome {
  const row = ROWS[name];
  if (row === 'health, for whoever asks') return 'allowed';
  if (worth === 'refused') return 401;
  if (row === 'the doors, and who am I') return 'allowed';
  if (worth === 'nothing') return 403;
  if (TABLE[row][COLUMNS.indexOf(worth)]) return 'allowed';
  return worth === 'requester' ? 401 : 403;
}

describe('Who may do what, over HTTP', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;
  let examples: ReturnType<typeof routeExamples>;

  beforeAll(async () => {
    database = await createTestDatabase();
    // Trying all ways in one after the other looks like guessing.
    desk = await startDesk(database.connection, { RATE_LIMIT_SIGN_IN: '1000' });
    // It would remove the sessions that have expired, in its second minute, while somebody else does nothing.
    await desk.app.get(CredentialPurge).onModuleDestroy();
    sql = new pg.Client(database.connection);
    await sql.connect();
    examples = routeExamples(new RestClient(desk.url));
  });
  afterAll(async () => {
    await sql.end();
    await desk.stop();
    await database.drop();
  });

  it('has just the routes that are served', () => {
    const known = NAMES.map((name) => `${routes[name].method} ${routes[name].path}`);
    expect(servedRoutes(desk.app)).toEqual(known.sort());
  });

  describe.each(Object.entries(CALLERS))('%s', (_, { worth, make }) => {
    const refused = NAMES.filter((name) => expected(worth, name) !== 'allowed');
    const allowed = NAMES.filter((name) => expected(worth, name) === 'allowed');

    /** Calls these routes; what came of each, and which tables are others now. */
    async function walk(names: readonly RouteName[]) {
      const one = await make(database.connection);
      const requests: [RouteName, Example, RestClient][] = [];
      for (const name of names) {
        const headers = ENDING.has(name) ? await make(database.connection) : one;
        requests.push([name, await examples[name](), new RestClient(desk.url, headers)]);
      }
      const before = await tableDigests(sql);
      const outcomes: Partial<Record<RouteName, Outcome>> = {};
      for (const [name, example, caller] of requests) {
        const { status } = await send(caller, routes[name].method, example);
        outcomes[name] = status === 401 || status === 403 ? status : 'allowed';
      }
      const after = await tableDigests(sql);
      return { outcomes, changed: Object.keys(after).filter((table) => after[table] !== before[table]) };
    }
    const wanted = (names: readonly RouteName[]) =>
      Object.fromEntries(names.map((name) => [name, expected(worth, name)]));

    it('may do all that the table gives', async () => {
      expect((await walk(allowed)).outcomes).toEqual(wanted(allowed));
    });

    it('may do nothing else, and changes nothing by trying', async () => {
      expect(await walk(refused)).toEqual({ outcomes: wanted(refused), changed: [] });
    });
  });

  it.each(['/api/people/', '/API/People', '/api/%70eople', '//api/people', '/api/./people', '/api;/people'])(
    'shows nobody by another writing what they may not see: %s',
    async (path) => {
      for (const method of ['GET', 'HEAD']) {
        const answer = await fetch(desk.url + path, { method });
        expect(await answer.text()).not.toContain('agent@example.com');
        expect(answer.headers.get('link')).toBeNull();
      }
    },
  );

  it.each([
    ['of an administrator', { ...AGENT.headers, origin: 'https://evil.example' }],
    ['of an administrator, from no page at all', { cookie: AGENT.cookie }],
    ['of a visitor', { cookie: `signalbox.visitor=${randomUUID()}`, origin: 'https://evil.example' }],
  ])('takes no write with the cookie %s from a page of somebody else', async (_, headers) => {
    const writes = NAMES.filter((name) => routes[name].method !== 'get');
    const requests = [];
    for (const name of writes) requests.push([name, await examples[name]()] as const);
    const before = await tableDigests(sql);
    for (const [name, example] of requests) {
      const { status } = await send(new RestClient(desk.url, headers), routes[name].method, example);
      expect([name, status]).toEqual([name, 403]);
    }
    expect(await tableDigests(sql)).toEqual(before);
  });

  it('takes the method as it is, whatever a header says', async () => {
    const { id } = await new RestClient(desk.url).create();
    const { headers } = await signIn(database.connection);
    for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const client = new RestClient(desk.url, { ...headers, [header]: 'DELETE' });
      expect((await client.get(`/api/tickets/${id}?_method=DELETE`)).status).toBe(400);
      expect((await client.patch(`/api/tickets/${id}`, {})).status).toBe(200);
    }
  });

  it('lets nobody submit when the desk takes tickets from its own people only', async () => {
    const closed = await startDesk(database.connection, { PUBLIC_INTAKE: 'off' });
    try {
      const nobody = new RestClient(closed.url, {});
      for (const name of ['createTicket', 'classify'] as const) {
        const example = await examples[name]();
        expect((await send(nobody, 'post', example)).status).toBe(401);
        expect((await send(new RestClient(closed.url), 'post', example)).status).toBeLessThan(300);
      }
    } finally {
      await closed.stop();
    }
  });

  it('shows by its tables that those who may do something did it', async () => {
    const before = await tableDigests(sql);
    await send(new RestClient(desk.url), 'post', await examples.createTicket());
    const after = await tableDigests(sql);
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    expect(changed).toEqual(expect.arrayContaining(['ticket', 'event']));
  });
});
