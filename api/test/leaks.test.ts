import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Cursor } from '../src/contract/cursor.js';
import { routes } from '../src/contract/routes.js';
import type { Ticket, TicketReceipt } from '../src/contract/ticket.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { classifies, type FakeModel, startFakeModel } from './support/fake-model.js';
import { found, hashOf, PEOPLE, TICKETS, word } from './support/planted-secrets.js';
import { RecordedSocket } from './support/recorded-socket.js';
import { type Answer, RestClient } from './support/rest-client.js';
import { type RouteName, routeExamples, send } from './support/route-examples.js';
import { AGENT, makeDisplay, makeToken, type Member, signIn } from './support/sign-in.js';

const asText = ({ status, headers, body }: Answer<unknown>): string =>
  JSON.stringify([status, [...headers], body]);

describe('What is kept from whom', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let model: FakeModel;
  let desk: Desk;
  let admin: RestClient;
  let agent: Member;
  let screen: Awaited<ReturnType<typeof makeDisplay>>;
  let start: Cursor;
  let ticketId: number;
  /** All that came in by sockets while everything happened. */
  const heard = { wall: '', board: '' };
  /** All that a visitor was answered. */
  const told: string[] = [];
  const visitor = { cookie: `signalbox.visitor=${randomUUID()}` };

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    model = await startFakeModel();
    model.behave(
      classifies({
        category: 'account',
        priority: 'high',
        confidence: 0.9,
        reason: TICKETS['the reason of the model'],
      }),
    );
    desk = await startDesk(database.connection, {
      OPENAI_BASE_URL: model.url,
      OPENAI_MODEL: 'some-model',
      RATE_LIMIT_SIGN_IN: '1000',
    });
    admin = new RestClient(desk.url);
    agent = await signIn(database.connection, { role: 'agent' });
    screen = await makeDisplay(database.connection);
    const script = await makeToken(database.connection, AGENT, ['admin']);
    Object.assign(PEOPLE, {
      'secret of a session': AGENT.cookie.split('=')[1],
      'secret of a token': script.token,
      'hash of a token': hashOf(script.token),
      'secret of a display': screen.secret,
      'hash of a display': hashOf(screen.secret),
    });
    await sql.query(`update account set password = $1`, [PEOPLE['hash of a password']]);

    const wall = new RecordedSocket(desk.url, { cookie: screen.cookie });
    const board = new RecordedSocket(desk.url, { cookie: agent.cookie });
    const opened = await wall.open('wall');
    if ('error' in opened) throw new Error(opened.error.detail);
    start = opened.cursor;
    await board.open('board');
    await everythingHappens(board);
    const end = word();
    await admin.create({ title: end });
    for (const { frames } of [wall, board]) await eventually(() => expect(frames.join()).toContain(end));
    expect(await wall.open('board')).toMatchObject({ error: { code: 'forbidden' } });
    const resumed = new RecordedSocket(desk.url, { cookie: screen.cookie });
    expect(await resumed.open('wall', start)).toMatchObject({ mode: 'resume' });
    await eventually(() => expect(resumed.frames.join()).toContain(end));
    heard.wall = [...wall.frames, ...resumed.frames].join('\n');
    heard.board = board.frames.join('\n');
    for (const socket of [wall, board, resumed]) socket.close();
  });
  afterAll(async () => {
    await desk.stop();
    await model.stop();
    await sql.end();
    await database.drop();
  });

  /** Each kind of event, made in each way there is. */
  async function everythingHappens(board: RecordedSocket): Promise<void> {
    const requester = {
      name: TICKETS['requester name'],
      email: `${TICKETS['requester address']}@example.com`,
    };
    const ticket = await admin.create({ description: TICKETS.description, requester });
    ticketId = ticket.id;
    const path = `/api/tickets/${ticket.id}`;
    await admin.patch(path, { description: TICKETS['later description'], status: 'in_progress' });
    await admin.post(`${path}/comments`, { body: TICKETS['public reply'], internal: false });
    await admin.post(`${path}/comments`, { body: TICKETS.note, internal: true });
    await admin.post(`${path}/claim`, undefined);
    board.visit(ticket.id);

    const nobody = new RestClient(desk.url, visitor);
    const submitted = {
      title: 'From outside',
      description: TICKETS["a visitor's description"],
      requester: { name: TICKETS["a visitor's name"], email: 'kim@example.com' },
      op_id: randomUUID(),
    };
    const { body: receipt, ...rest } = await nobody.post<TicketReceipt>('/api/tickets', submitted);
    told.push(asText({ body: receipt, ...rest }));
    await eventually(async () => {
      const { body } = await admin.get<Ticket>(`/api/tickets/${receipt.id}`);
      expect(body.classification?.source).toBe('model');
    });
    // Again, when more is known of the ticket than the visitor was told.
    told.push(asText(await nobody.post('/api/tickets', submitted)));
    told.push(asText(await nobody.post('/api/tickets', { ...submitted, title: 'Another' })));
    told.push(asText(await nobody.post('/api/tickets', { ...submitted, status: 'open' })));

    const colleague = await admin.post<{ person: { id: string } }>('/api/people', {
      name: 'Ida',
      email: `${PEOPLE['address of a colleague']}@example.com`,
      role: 'agent',
    });
    const person = `/api/people/${colleague.body.person.id}`;
    await admin.patch(person, { name: 'Ida Berg', role: 'admin' });
    await admin.patch(person, {
      email: `${PEOPLE['new address of a colleague']}@example.com`,
      disabled: true,
    });
    await admin.patch(person, { disabled: false });
    await admin.patch(path, { assignee: colleague.body.person.id });
    await sql.query(`update person set name = 'Ida B.' where id = $1`, [colleague.body.person.id]);
    await sql.query(`insert into ticket (title, description) values ('By SQL', $1)`, [
      TICKETS['a description by plain SQL'],
    ]);
    const { id } = await admin.create({ description: TICKETS.description, requester });
    await admin.delete(`/api/tickets/${id}`);
  }

  /** What somebody is answered at every route, and at those of the ticket of which all secrets are. */
  async function answers(headers: Readonly<Record<string, string>>, except: readonly RouteName[]) {
    const caller = new RestClient(desk.url, headers);
    const examples = routeExamples(admin);
    const texts: string[] = [];
    for (const name of (Object.keys(routes) as RouteName[]).filter((name) => !except.includes(name))) {
      texts.push(asText(await send(caller, routes[name].method, await examples[name]())));
    }
    const ticket = `/api/tickets/${ticketId}`;
    for (const path of [
      ticket,
      `${ticket}/history`,
      `${ticket}/comments`,
      `/api/tickets?search=${TICKETS.description}`,
      '/api/tickets?page_size=100',
      '/api/events?after=oldest&limit=1000',
      '/api/wall',
      '/api/people?page_size=100',
      '/api/tokens?page_size=100',
      '/api/audit?page_size=100',
    ]) {
      texts.push(asText(await caller.get(path)));
    }
    for (const command of [{ base_version: 1, description: 'Mine' }, { base_version: 999 }, { status: 7 }]) {
      texts.push(asText(await caller.patch(ticket, command)));
    }
    return texts.join('\n');
  }
  /** These end what the caller shows, or show what was just made for them. */
  const LEAVING: readonly RouteName[] = ['signOut', 'signOutEverywhere', 'changePassword'];

  it('is looked for where it is: the desk has it', async () => {
    const { 'a description by plain SQL': bySql, ...others } = TICKETS;
    const texts = [heard.board, await answers(agent.headers, LEAVING)].join('\n');
    expect(found(others, texts)).toEqual(Object.keys(others));
    expect(found({ bySql }, texts)).toEqual(['bySql']);
    // A description does not travel with events.
    expect(found(TICKETS, heard.board)).toEqual([
      'requester name',
      'requester address',
      'public reply',
      'note',
      'the reason of the model',
      "a visitor's name",
    ]);
    expect(heard.board).toContain('person.updated');
    expect(heard.board).toContain('presence');
  });

  it('never reaches a wall, live or after coming back', () => {
    expect(found({ ...TICKETS, ...PEOPLE }, heard.wall)).toEqual([]);
    for (const type of [
      'ticket.created',
      'ticket.updated',
      'ticket.deleted',
      'comment.created',
      'person.updated',
    ]) {
      expect(heard.wall.split(`"${type}"`).length - 1).toBeGreaterThanOrEqual(2);
    }
    expect(heard.wall).not.toContain('presence');
  });

  it('is in nothing that a display is answered', async () => {
    const texts = await answers(screen.headers, LEAVING);
    expect(found({ ...TICKETS, ...PEOPLE }, texts)).toEqual([]);
  });

  it('is in nothing that a visitor is answered', async () => {
    expect(found({ ...TICKETS, ...PEOPLE }, told.join('\n'))).toEqual([]);
    const { 'the reason of the model': reason, ...others } = TICKETS;
    const texts = await answers(visitor, []);
    expect(found({ ...others, ...PEOPLE }, texts)).toEqual([]);
    // Of the text that they themselves sent to be classified.
    expect(found({ reason }, texts)).toEqual(['reason']);
  });

  it('as to people, is kept from agents too', async () => {
    expect(found(PEOPLE, heard.board)).toEqual([]);
    expect(found(PEOPLE, await answers(agent.headers, LEAVING))).toEqual([]);
  });

  it('as to credentials, is kept from administrators too', async () => {
    const { 'address of a colleague': old, 'new address of a colleague': now, ...credentials } = PEOPLE;
    const texts = await answers(AGENT.headers, LEAVING);
    expect(found(credentials, texts)).toEqual([]);
    expect(found({ old, now }, texts)).toEqual(['old', 'now']);
  });
});
