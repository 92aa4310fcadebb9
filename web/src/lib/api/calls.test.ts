import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { routes } from '#contract/routes';

import * as comments from './comments.js';
import * as displays from './displays.js';
import { ProblemError } from './errors.js';
import * as logs from './logs.js';
import * as people from './people.js';
import { onSignedOut } from './request.js';
import * as session from './session.js';
import * as settings from './settings.js';
import * as tickets from './tickets.js';
import * as series from './series.js';
import * as tokens from './tokens.js';
import * as views from './views.js';
import * as wall from './wall.js';

const fetched = jest.spyOn(globalThis, 'fetch');
afterEach(() => {
  fetched.mockReset();
});

const ID = 'e2f1a8c4-5b6d-4e7f-8a9b-0c1d2e3f4a5b';
const login = { email: 'ada@example.org', password: 'correct horse' };

/** A call of each, with what the contract takes. */
const CALLS: Readonly<Partial<Record<keyof typeof routes, () => Promise<unknown>>>> = {
  listTickets: () => tickets.listTickets(),
  createTicket: () => tickets.createTicket({ title: 'T', description: 'D' }),
  getStats: () => tickets.getStats(),
  classify: () => tickets.classify({ description: 'D' }),
  getTicket: () => tickets.getTicket(1),
  patchTicket: () => tickets.patchTicket(1, { status: 'closed' }),
  deleteTicket: () => tickets.deleteTicket(1),
  getSeries: () => series.getSeries({ interval: 'day', group_by: 'category' }),
  getWall: () => wall.getWall(),
  listViews: () => views.listViews(),
  createView: () => views.createView({ name: 'V', query: 'status=open', shared: false }),
  patchView: () => views.patchView(ID, { name: 'W' }),
  deleteView: () => views.deleteView(ID),
  ticketHistory: () => tickets.ticketHistory(1),
  claimTicket: () => tickets.claimTicket(1),
  listComments: () => comments.listComments(1),
  createComment: () => comments.createComment(1, { body: 'B', internal: true }),
  getMe: () => session.getMe(),
  patchMe: () => session.patchMe({ name: 'Ada' }),
  changePassword: () => session.changePassword({ current_password: 'a', password: 'correct horse' }),
  signIn: () => session.signIn(login),
  signOut: () => session.signOut(),
  signOutEverywhere: () => session.signOutEverywhere(),
  resetPassword: () => session.resetPassword({ token: 't', password: 'correct horse' }),
  setUp: () => session.setUp({ token: 't', name: 'Ada', ...login }),
  openDisplay: () => session.openDisplay({ token: 't' }),
  listAssignees: () => people.listAssignees(),
  listPeople: () => people.listPeople({ page: 2 }),
  createPerson: () => people.createPerson({ name: 'Ada', email: login.email, role: 'agent' }),
  patchPerson: () => people.patchPerson(ID, { disabled: true }),
  createPasswordLink: () => people.createPasswordLink(ID),
  signOutPerson: () => people.signOutPerson(ID),
  listTokens: () => tokens.listTokens({ page_size: 50 }),
  createToken: () => tokens.createToken({ name: 'CI', scopes: ['tickets:read'] }),
  revokeToken: () => tokens.revokeToken(ID),
  listDisplays: () => displays.listDisplays(),
  createDisplay: () => displays.createDisplay({ name: 'Hall' }),
  revokeDisplay: () => displays.revokeDisplay(ID),
  getSettings: () => settings.getSettings(),
  patchSettings: () => settings.patchSettings({ classification_enabled: false }),
  getClassification: () => settings.getClassification(),
  testClassification: () => settings.testClassification({ description: 'D' }),
  listAudit: () => logs.listAudit({ action: ['sign_in', 'sign_out'], search: 'ada', page: 1 }),
  searchEvents: () => logs.searchEvents({ type: ['ticket.created'], actor: ['database'], ticket: 1 }),
};

describe.each(Object.entries(CALLS))('%s', (name, call) => {
  it('is sent as its route says', async () => {
    fetched.mockImplementation(() => Promise.resolve(new Response('{}')));
    await call();
    const [url, init] = fetched.mock.calls[0] ?? [];
    const { pathname, searchParams } = new URL(String(url), 'http://desk');
    const { method, path, query, ...route } = routes[name as keyof typeof routes];
    expect(`${init?.method} ${pathname}`).toBe(
      `${method.toUpperCase()} ${path.replace('{id}', pathname.includes(ID) ? ID : '1')}`,
    );
    expect(query.safeParse(Object.fromEntries(searchParams))).toMatchObject({ success: true });
    const body = init?.body === undefined ? undefined : (JSON.parse(String(init.body)) as unknown);
    expect(body !== undefined).toBe('body' in route);
    if ('body' in route) expect(route.body.safeParse(body)).toMatchObject({ success: true });
  });
});

it('only what a browser does not call itself has no call here', () => {
  expect(Object.keys(routes).filter((name) => !(name in CALLS))).toEqual([
    'listEvents',
    'healthLive',
    'healthReady',
    'signInWithOidc',
    'oidcCallback',
  ]);
  expect(session.SINGLE_SIGN_ON).toBe(routes.signInWithOidc.path);
});

describe('a 401', () => {
  const refused = () => Promise.resolve(new Response('{}', { status: 401 }));

  it('tells that nobody is signed in any more', async () => {
    fetched.mockImplementation(refused);
    let told = 0;
    const stop = onSignedOut(() => (told += 1));
    await expect(settings.getSettings()).rejects.toBeInstanceOf(ProblemError);
    expect(told).toBe(1);
    stop();
    await expect(settings.getSettings()).rejects.toBeInstanceOf(ProblemError);
    expect(told).toBe(1);
  });

  it.each([
    ['sign-in', () => session.signIn(login)],
    ['change of password', () => session.changePassword({ current_password: 'a', password: 'b' })],
    ['link', () => session.resetPassword({ token: 't', password: 'b' })],
  ])('to a %s is about what was sent', async (_, call) => {
    fetched.mockImplementation(refused);
    let told = 0;
    const stop = onSignedOut(() => (told += 1));
    await expect(call()).rejects.toBeInstanceOf(ProblemError);
    expect(told).toBe(0);
    stop();
  });
});
