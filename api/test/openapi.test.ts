import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Express } from 'express';

import { type Route, routes } from '../src/contract/routes.js';
import { AnswerSchemas } from './support/answer-schemas.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { type Answer, RestClient } from './support/rest-client.js';
import { severable, type SeverableConnection } from './support/severable-connection.js';

type RouteName = keyof typeof routes;
type Outcome = {
  [Name in RouteName]: `${Name} ${Extract<keyof (typeof routes)[Name]['responses'], number>}`;
}[RouteName];

const TICKET = { title: 'Printer on fire', description: 'It burns', category: 'technical', priority: 'high' };
const TOO_LARGE = { ...TICKET, description: 'x'.repeat(300_000) };
const PLAIN = { 'content-type': 'text/plain' };

/** Served from memory, so the database's absence does not show. */
const NEVER_SEEN: readonly Outcome[] = ['getStats 503'];

describe('OpenAPI', () => {
  let database: TestDatabase;
  let way: SeverableConnection;
  let desk: Desk;
  let rest: RestClient;
  let schemas: AnswerSchemas;

  beforeAll(async () => {
    database = await createTestDatabase();
    way = await severable(database.connection);
    desk = await startDesk(way.connection);
    rest = new RestClient(desk.url);
    const { body } = await rest.get<ConstructorParameters<typeof AnswerSchemas>[0]>('/api/openapi.json');
    schemas = new AnswerSchemas(body);
  });
  afterAll(async () => {
    await desk.stop();
    await way[Symbol.asyncDispose]();
    await database.drop();
  });

  const gone = async () => {
    const { id } = await rest.create();
    await rest.delete(`/api/tickets/${id}`);
    return id;
  };
  const cut = async (call: () => Promise<Answer<unknown>>) => {
    await way.cut();
    try {
      return await call();
    } finally {
      await way.restore();
      await eventually(async () => expect((await rest.get('/api/health/ready')).status).toBe(200));
    }
  };
  const ticketPath = async () => `/api/tickets/${(await rest.create()).id}`;

  /** Something that makes each outcome of each route come about. */
  const outcomes: Record<Exclude<Outcome, 'getStats 503'>, () => Promise<Answer<unknown>>> = {
    'listTickets 200': () => rest.get('/api/tickets?status=open&page_size=2'),
    'listTickets 400': () => rest.get('/api/tickets?status=lost&nope=1'),
    'listTickets 503': () => cut(() => rest.get('/api/tickets')),
    'createTicket 201': () =>
      rest.post('/api/tickets', { ...TICKET, requester: { name: 'Kim', email: 'kim@example.org' } }),
    'createTicket 400': () => rest.post('/api/tickets', { title: '' }),
    'createTicket 413': () => rest.post('/api/tickets', TOO_LARGE),
    'createTicket 415': () => rest.send('POST', '/api/tickets', 'title=x', PLAIN),
    'createTicket 422': async () => {
      const op_id = randomUUID();
      await rest.create({ op_id });
      return rest.post('/api/tickets', { ...TICKET, op_id });
    },
    'createTicket 503': () => cut(() => rest.post('/api/tickets', TICKET)),
    'getStats 200': () => rest.get('/api/tickets/stats'),
    'getStats 400': () => rest.get('/api/tickets/stats?nope=1'),
    'classify 200': () => rest.post('/api/tickets/classify', { description: 'My bill is wrong' }),
    'classify 400': () => rest.post('/api/tickets/classify', { description: 7 }),
    'classify 413': () => rest.post('/api/tickets/classify', TOO_LARGE),
    'classify 415': () => rest.send('POST', '/api/tickets/classify', 'x', PLAIN),
    'getTicket 200': async () => rest.get(await ticketPath()),
    'getTicket 304': async () => rest.get(await ticketPath(), { 'if-none-match': '"7", W/"1"' }),
    'getTicket 400': () => rest.get('/api/tickets/none'),
    'getTicket 404': () => rest.get('/api/tickets/987654321'),
    'getTicket 410': async () => rest.get(`/api/tickets/${await gone()}`),
    'getTicket 503': () => cut(() => rest.get('/api/tickets/1')),
    'patchTicket 200': async () => rest.patch(await ticketPath(), { status: 'resolved' }),
    'patchTicket 400': async () => rest.patch(await ticketPath(), { assignee: 'nobody' }),
    'patchTicket 404': () => rest.patch('/api/tickets/987654321', { status: 'closed' }),
    'patchTicket 409': async () => {
      const path = await ticketPath();
      await rest.patch(path, { title: 'First', description: 'First' });
      return rest.patch(path, { title: 'Second', description: 'Second', base_version: 1 });
    },
    'patchTicket 410': async () => rest.patch(`/api/tickets/${await gone()}`, { status: 'closed' }),
    'patchTicket 412': async () =>
      rest.patch(await ticketPath(), { status: 'closed' }, { 'if-match': '"9"' }),
    'patchTicket 413': async () => rest.patch(await ticketPath(), TOO_LARGE),
    'patchTicket 415': async () => rest.send('PATCH', await ticketPath(), 'x', PLAIN),
    'patchTicket 422': async () => {
      const path = await ticketPath();
      const op_id = randomUUID();
      await rest.patch(path, { status: 'closed', op_id });
      return rest.patch(path, { status: 'open', op_id });
    },
    'patchTicket 503': () => cut(() => rest.patch('/api/tickets/1', { status: 'closed' })),
    'deleteTicket 204': async () => rest.delete(await ticketPath()),
    'deleteTicket 400': () => rest.delete('/api/tickets/none'),
    'deleteTicket 404': () => rest.delete('/api/tickets/987654321'),
    'deleteTicket 410': async () => rest.delete(`/api/tickets/${await gone()}`),
    'deleteTicket 503': () => cut(() => rest.delete('/api/tickets/1')),
    'ticketHistory 200': async () => {
      const path = await ticketPath();
      await rest.patch(path, { description: 'Another one', status: 'closed' });
      return rest.get(`${path}/history`);
    },
    'ticketHistory 400': () => rest.get('/api/tickets/1/history?cursor=x'),
    'ticketHistory 404': () => rest.get('/api/tickets/987654321/history'),
    'ticketHistory 410': async () => rest.get(`/api/tickets/${await gone()}/history`),
    'ticketHistory 503': () => cut(() => rest.get('/api/tickets/1/history')),
    'listEvents 200': async () => {
      await gone();
      return rest.get('/api/events?after=oldest&limit=1000');
    },
    'listEvents 400': () => rest.get('/api/events?after=x'),
    'listEvents 410': () => rest.get(`/api/events?after=${randomUUID()}.1.abc`),
    'listEvents 503': async () => {
      // A position that only the database can vouch for: before this process began to read.
      for (let i = 0; i < 3; i += 1) await rest.create();
      const early = await startDesk(way.connection);
      try {
        const { epoch } = (await rest.get<{ as_of: { epoch: string } }>('/api/tickets')).body.as_of;
        return await cut(() => new RestClient(early.url).get(`/api/events?after=${epoch}.2.abc`));
      } finally {
        await early.stop();
      }
    },
    'healthLive 200': () => rest.get('/api/health/live'),
    'healthReady 200': () => rest.get('/api/health/ready'),
    'healthReady 503': () => cut(() => rest.get('/api/health/ready')),
  };

  it('describes every route and outcome that there is', () => {
    const all = Object.entries<Route>(routes).flatMap(([name, { responses }]) =>
      Object.keys(responses).map((status) => `${name} ${status}`),
    );
    expect([...Object.keys(outcomes), ...NEVER_SEEN].sort()).toEqual(all.sort());
  });

  it.each(Object.entries(outcomes))('describes the real answer: %s', async (outcome, call) => {
    const [name, status] = outcome.split(' ') as [RouteName, string];
    const answer = await call();
    expect(answer.status).toBe(Number(status));
    expect(schemas.faults(routes[name], answer)).toEqual([]);
  });

  it('is no description that anything would fit', async () => {
    const answer = await rest.get<object>('/api/tickets');
    const without = { ...answer, body: { ...answer.body, count: undefined } };
    const beyond = { ...answer, body: { ...answer.body, secret: 1 } };
    expect(schemas.faults(routes.listTickets, without)).toHaveLength(1);
    expect(schemas.faults(routes.listTickets, beyond)).toHaveLength(1);
    expect(schemas.faults(routes.listTickets, { ...answer, status: 201 })).toHaveLength(1);
    expect(schemas.faults(routes.listTickets, { ...answer, headers: new Headers() })).toHaveLength(1);
  });

  it('lists just the routes that are served', () => {
    const express = desk.app.getHttpAdapter().getInstance() as Express;
    const served = express.router.stack
      .flatMap(({ route }) =>
        route === undefined
          ? []
          : route.stack.map(({ method }) => `${method} ${String(route.path).replaceAll(/:(\w+)/g, '{$1}')}`),
      )
      .filter((name) => !/^get \/api\/(docs|openapi\.json)/.test(name));
    expect(served.length).toBeGreaterThan(0);
    expect([...new Set(served)].sort()).toEqual(
      Object.values<Route>(routes)
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
  });

  it('is shown by pages that need no other host', async () => {
    const page = await rest.get<string>('/api/docs');
    expect(page.status).toBe(200);
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const { status } = await rest.get(new URL(file, 'http://here/api/docs').pathname);
      expect([file, status]).toEqual([file, 200]);
    }
    expect(files.filter((file) => /^(https?:)?\/\//.test(file))).toEqual([]);
    const setup = await rest.get<string>('/api/docs/swagger-ui-init.js');
    expect(setup.body).toContain('"validatorUrl": null');
  });
});
