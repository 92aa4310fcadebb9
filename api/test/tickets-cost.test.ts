import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import type pg from 'pg';

import { SeriesProjector } from '../src/series/series-projector.js';
import { SearchLearning } from '../src/tickets/search-learning.js';
import { TicketClassifier } from '../src/tickets/ticket-classifier.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { RestClient } from './support/rest-client.js';

type Query = pg.Client['query'];

interface Asked {
  readonly name?: string;
  readonly text: string;
}

const asAsked = (statement: unknown): Asked =>
  typeof statement === 'string' ? { text: statement } : (statement as Asked);

/** Who calls is remembered for a while: the look-up belongs to no single request. */
const looksUpCaller = ({ name }: Asked) => name?.startsWith('auth-') === true;

/** How often a request goes to the database, which does not depend on the machine. */
describe('statements of a request', () => {
  let database: TestDatabase;
  let desk: Desk;
  let rest: RestClient;
  let prototype: { query: Query };

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection);
    rest = new RestClient(desk.url);
    await rest.create();
    // What works in the background shares the pool, and would be counted too.
    for (const task of [SearchLearning, SeriesProjector]) await desk.app.get(task).onModuleDestroy();
    jest.spyOn(desk.app.get(TicketClassifier), 'classify').mockResolvedValue();
    const pool = (await desk.app.get(MikroORM).em.getConnection().getNativeClient()) as pg.Pool;
    const client = await pool.connect();
    prototype = Object.getPrototypeOf(client) as { query: Query };
    client.release();
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await desk.stop();
    await database.drop();
  });

  /** What the pool of requests was asked during `call`. */
  async function statements(call: () => Promise<{ status: number }>): Promise<Asked[]> {
    const query = jest.spyOn(prototype, 'query');
    const { status } = await call();
    const { calls, contexts } = query.mock;
    query.mockRestore();
    expect(status).toBeLessThan(300);
    const ofRequests = calls.filter((_, index) => {
      const client = contexts[index] as pg.Client & {
        connectionParameters: { application_name: string };
      };
      return client.connectionParameters.application_name === 'signalbox';
    });
    return ofRequests.map(([statement]) => asAsked(statement));
  }

  /** The first words of them, but for the look-up of who calls. */
  async function asked(call: () => Promise<{ status: number }>): Promise<string[]> {
    const all = await statements(call);
    return all
      .filter((statement) => !looksUpCaller(statement))
      .map(({ text }) => text.trim().split(/\s/)[0]!);
  }

  it.each([
    ['GET', '/api/tickets', ['select']],
    ['GET', '/api/tickets?status=open&priority=low&ordering=-updated_at', ['select']],
    ['GET', '/api/tickets?page=1&assignee=none', ['select']],
    ['GET', '/api/tickets?page=1000', ['select']],
    ['GET', '/api/tickets?created_after=2020-01-01', ['select']],
    ['GET', '/api/tickets?created_after=2020-01-01T12:00:00Z', ['select', 'select']],
    ['GET', '/api/tickets?created_after=2020-01-01&status=open', ['select', 'select']],
    ['GET', '/api/tickets/1', ['select']],
    ['GET', '/api/tickets/1/history', ['select', 'select']],
    ['GET', '/api/tickets/1/comments', ['select', 'select']],
    ['GET', '/api/events/log', ['select', 'select']],
    ['GET', '/api/tickets/stats', []],
    ['GET', '/api/health/live', []],
  ])('%s %s: %j', async (method, path, expected) => {
    expect(await asked(() => rest.send(method, path))).toEqual(expected);
  });

  it('a search asks at most twice', async () => {
    for (const query of ['ticket', 'ti', 'ticket&status=open', 'ticket&ordering=priority']) {
      const statements = await asked(() => rest.get(`/api/tickets?search=${query}`));
      expect(statements.length).toBeLessThanOrEqual(2);
    }
  });

  it('a ticket with category and priority is stored by one statement', async () => {
    expect(await asked(async () => (await rest.create(), { status: 201 }))).toEqual(['insert']);
  });

  it('a ticket without them is stored with its job', async () => {
    const statements = await asked(() => rest.post('/api/tickets', { title: 'T', description: 'D' }));
    expect(statements).toEqual(['begin', 'insert', 'select', 'commit']);
  });

  it.each([
    ['', { status: 'closed' }],
    [' with base_version', { status: 'closed', priority: 'low', base_version: 1 }],
  ])('a change%s is one statement', async (_, change) => {
    const { id } = await rest.create();
    expect(await asked(() => rest.patch(`/api/tickets/${id}`, change))).toEqual(['update']);
  });

  it('a claim is one statement, and what is theirs already costs a look', async () => {
    const { id } = await rest.create();
    const claim = () => rest.send('POST', `/api/tickets/${id}/claim`);
    expect(await asked(claim)).toEqual(['update']);
    expect(await asked(claim)).toEqual(['update', 'select']);
  });

  it('a comment is one statement', async () => {
    const { id } = await rest.create();
    const say = () => rest.post(`/api/tickets/${id}/comments`, { body: 'Said', internal: true });
    expect(await asked(say)).toEqual(['with']);
  });

  it('who calls is looked up at most every three seconds, whatever they call', async () => {
    const started = performance.now();
    let lookUps = 0;
    for (let call = 0; call < 20; call += 1) {
      const all = await statements(() => rest.get('/api/tickets?page_size=1'));
      lookUps += all.filter(({ name }) => name === 'auth-session').length;
    }
    expect(lookUps).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - started) / 3_000));
  });

  it('a repeatable change keeps its answer in the same transaction', async () => {
    const { id } = await rest.create();
    const change = { status: 'closed', op_id: randomUUID() };
    const patch = () => rest.patch(`/api/tickets/${id}`, change);
    expect(await asked(patch)).toEqual(['begin', 'insert', 'update', 'update', 'commit']);
    expect(await asked(patch)).toEqual(['begin', 'insert', 'select', 'commit']);
  });
});
