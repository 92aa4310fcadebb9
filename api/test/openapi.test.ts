import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Route, routes } from '../src/contract/routes.js';
import { AnswerSchemas } from './support/answer-schemas.js';
import { CommonOutcomes } from './support/common-outcomes.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { RestClient } from './support/rest-client.js';
import { type RouteName, routeExamples, send } from './support/route-examples.js';
import { servedRoutes } from './support/served-routes.js';
import { severable, type SeverableConnection } from './support/severable-connection.js';
import { type Outcome, specialOutcomes } from './support/special-outcomes.js';

const DOCUMENTED = Object.entries<Route>(routes).flatMap(([name, { responses }]) =>
  Object.keys(responses).map((status): [RouteName, number] => [name as RouteName, Number(status)]),
);

describe('OpenAPI', () => {
  let database: TestDatabase;
  let way: SeverableConnection;
  let desk: Desk;
  let rest: RestClient;
  let schemas: AnswerSchemas;
  let special: ReturnType<typeof specialOutcomes>;
  let common: CommonOutcomes;

  beforeAll(async () => {
    database = await createTestDatabase();
    way = await severable(database.connection);
    // Trying all ways in one after the other looks like guessing.
    desk = await startDesk(way.connection, { RATE_LIMIT_SIGN_IN: '1000' });
    rest = new RestClient(desk.url);
    const { body } = await rest.get<ConstructorParameters<typeof AnswerSchemas>[0]>('/api/openapi.json');
    schemas = new AnswerSchemas(body);
    special = specialOutcomes(desk, database);
    common = new CommonOutcomes(desk, database, way);
    await furnish();
  });
  afterAll(async () => {
    await common.stop();
    await desk.stop();
    await way[Symbol.asyncDispose]();
    await database.drop();
  });

  /** Something of everything, so that no list is empty. */
  async function furnish(): Promise<void> {
    await rest.create({ requester: { name: 'Kim', email: 'kim@example.org' } });
    await rest.post('/api/tickets', { title: 'Not decided yet', description: 'What is it?' });
    const examples = routeExamples(rest);
    for (const name of [
      'createToken',
      'createView',
      'createDisplay',
      'createComment',
      'patchPerson',
      'deleteTicket',
    ] as const) {
      await send(rest, routes[name].method, await examples[name]());
    }
  }

  it.each(DOCUMENTED)('describes the real answer: %s %i', async (name, status) => {
    const answer = await (special[`${name} ${status}` as Outcome]?.() ?? common.call(name, status));
    expect([answer.status, answer.body]).toEqual([status, answer.body]);
    expect(schemas.faults(routes[name], answer)).toEqual([]);
  });

  it('describes what a visitor gets', async () => {
    const visitor = new RestClient(desk.url, {});
    const answer = await visitor.post('/api/tickets', { title: 'T', description: 'D' });
    expect(answer.status).toBe(201);
    expect(schemas.faults(routes.createTicket, answer)).toEqual([]);
    expect(answer.body).not.toHaveProperty('description');
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
    const served = servedRoutes(desk.app);
    expect(served.length).toBeGreaterThan(0);
    expect(served).toEqual(
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
