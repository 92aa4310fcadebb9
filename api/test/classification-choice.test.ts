import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Ticket } from '../src/contract/ticket.js';
import { createTestDatabase } from './support/database.js';
import { startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { classifies, type FakeModel, startFakeModel } from './support/fake-model.js';
import { RestClient } from './support/rest-client.js';

const TICKET = { title: 'Zebra invoice', description: 'I was charged twice for order 4711.' };
const SUGGESTED = { category: 'billing', priority: 'high', confidence: 0.93, reason: 'Charged twice.' };

describe('what somebody chooses while the model thinks, and the ticket has already', () => {
  let model: FakeModel;
  let rest: RestClient;

  const fixtures = new AsyncDisposableStack();

  beforeAll(async () => {
    const database = fixtures.use(await createTestDatabase());
    model = fixtures.adopt(await startFakeModel(), (started) => started.stop());
    const settings = {
      OPENAI_BASE_URL: model.url,
      OPENAI_MODEL: 'some-model',
      CLASSIFY_TIMEOUT_MS: '60000',
    };
    const desk = fixtures.adopt(await startDesk(database.connection, settings), (started) => started.stop());
    rest = new RestClient(desk.url);
  });
  afterAll(() => fixtures.disposeAsync());

  /** A new ticket that nobody has classified, and what lets the model answer. */
  async function waiting(): Promise<{ id: number; answer: () => void }> {
    const asked = Promise.withResolvers<() => void>();
    model.behave((response, request, attempt) =>
      asked.resolve(() => void classifies(SUGGESTED)(response, request, attempt)),
    );
    const { body } = await rest.post('/api/tickets', TICKET);
    return { id: body.id, answer: await asked.promise };
  }
  const read = async (id: number) => (await rest.get<Ticket>(`/api/tickets/${id}`)).body;

  it.each([
    ['in one call', [{ category: 'general', priority: 'low' }]],
    ['one after the other', [{ priority: 'low', status: 'in_progress' }, { category: 'general' }]],
    ['beside what it has not', [{ category: 'account' }, { priority: 'low' }]],
  ])('is theirs, both fields: %s', async (_, changes) => {
    const { id, answer } = await waiting();
    for (const change of changes)
      expect(await rest.patch(`/api/tickets/${id}`, change)).toMatchObject({ status: 200, body: change });
    const { classification, category, priority } = await read(id);
    expect(classification).toMatchObject({ source: 'human', category, priority });
    answer();
    expect(await read(id)).toMatchObject(Object.assign({}, ...changes) as object);
  });

  it('is theirs, one field, and the model fills in the other', async () => {
    const { id, answer } = await waiting();
    await rest.patch(`/api/tickets/${id}`, { priority: 'low' });
    expect((await read(id)).version).toBe(1);
    answer();
    await eventually(async () =>
      expect(await read(id)).toMatchObject({
        category: 'billing',
        priority: 'low',
        classification: { source: 'model', priority: 'high' },
      }),
    );
  });
});
