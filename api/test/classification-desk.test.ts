import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Ticket } from '../src/contract/ticket.js';
import type { ClassifyResult } from '../src/contract/classification.js';
import type { Problem } from '../src/contract/problem.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { type Behaviour, type FakeModel, classifies, says, startFakeModel } from './support/fake-model.js';
import { AGENT } from './support/sign-in.js';

/** For a model that answers, and for one that never does. */
const PATIENT_MS = 20_000;
const DEADLINE_MS = 500;
const MARGIN_MS = 5_000;
const TICKET = { title: 'Zebra invoice', description: 'I was charged twice for order 4711.' };
const GOOD = { category: 'billing', priority: 'high', confidence: 0.93, reason: 'Charged twice.' };

describe('Tickets and the model', () => {
  let database: TestDatabase;
  let model: FakeModel;
  let desk: Desk;

  beforeEach(async () => {
    database = await createTestDatabase();
    model = await startFakeModel();
    desk = await start(PATIENT_MS);
  });
  afterEach(async () => {
    await desk.stop();
    await model.stop();
    await database.drop();
  });

  const start = (deadlineMs: number) =>
    startDesk(database.connection, {
      OPENAI_BASE_URL: model.url,
      OPENAI_MODEL: 'some-model',
      CLASSIFY_TIMEOUT_MS: String(deadlineMs),
    });

  async function call<Body>(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Body }> {
    const response = await fetch(`${desk.url}/api/tickets${path}`, {
      method,
      headers: { ...AGENT.headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }
  const create = async (more: object = {}) => (await call<Ticket>('POST', '', { ...TICKET, ...more })).body;
  const suggest = async () =>
    (await call<ClassifyResult>('POST', '/classify', { description: TICKET.description })).body;
  const classified = (id: number) =>
    eventually(async () => {
      const { body } = await call<Ticket>('GET', `/${id}`);
      expect(body.classification?.source).not.toBe('pending');
      return body;
    }, 30_000);

  it('stores a ticket at once and what the model says later, by a worker that tells it no more than the text', async () => {
    model.behave(classifies(GOOD));
    const stored = await create({ requester: { name: 'Ada Zulu', email: 'ada@zulu.example' } });
    expect(stored).toMatchObject({
      category: 'general',
      priority: 'low',
      classification: { source: 'pending' },
    });

    const { category, priority, classification } = await classified(stored.id);
    expect({ category, priority }).toEqual({ category: 'billing', priority: 'high' });
    expect(classification).toMatchObject({ ...GOOD, source: 'model', model: 'some-model' });
    expect(model.requests).toHaveLength(1);
    expect(model.requests[0]?.raw).toContain(TICKET.description);
    expect(model.requests[0]?.raw).not.toMatch(/zebra|zulu/i);
  });

  it.each<[string, Behaviour]>([
    ['hangs', () => undefined],
    ['fails', (response) => response.writeHead(500).end()],
    ['breaks off', (response) => response.socket?.destroy()],
    ['obeys a hostile text', says('{"category":"vip","priority":"urgent!!","confidence":1,"reason":"x"}')],
  ])('suggests and stores within the deadline when the model %s', async (_, behaviour) => {
    await desk.stop();
    desk = await start(DEADLINE_MS);
    model.behave(behaviour);
    const started = performance.now();
    const suggested = await suggest();
    expect(performance.now() - started).toBeLessThan(DEADLINE_MS + MARGIN_MS);
    expect(suggested).toMatchObject({ category: 'general', priority: 'low', source: 'fallback' });
    const { suggestion } = suggested;
    expect(await create({ suggestion })).toMatchObject({ classification: { source: 'fallback' } });
    expect(await create()).toMatchObject({ category: 'general', priority: 'low' });
  });

  it('does not leave a ticket undecided when the model refuses it', async () => {
    model.behave(says(null, { refusal: 'No.' }));
    expect(await classified((await create()).id)).toMatchObject({
      category: 'general',
      priority: 'low',
      classification: { source: 'fallback', model: null, confidence: null },
    });
  });

  it('records a suggestion that was taken over, and takes none that was not made here', async () => {
    model.behave(classifies(GOOD));
    const { suggestion } = await suggest();
    const { category, priority, classification } = await create({ suggestion });
    expect({ category, priority }).toEqual({ category: 'billing', priority: 'high' });
    expect(classification).toMatchObject({ ...GOOD, source: 'model', model: 'some-model' });

    for (const wrong of [{ suggestion: `${suggestion}x` }, { suggestion, description: 'Another text.' }]) {
      const { status, body } = await call<Problem>('POST', '', { ...TICKET, ...wrong });
      expect(status).toBe(400);
      expect(body.errors).toEqual([{ field: 'suggestion', message: expect.any(String) }]);
    }
  });

  it('classifies what nobody chose, and never what somebody chose meanwhile', async () => {
    const asked = Promise.withResolvers<() => void>();
    model.behave((response, request, attempt) =>
      asked.resolve(() => void classifies(GOOD)(response, request, attempt)),
    );
    const { id } = await create();
    const answer = await asked.promise;
    await call('PATCH', `/${id}`, { priority: 'critical' });
    model.behave(classifies(GOOD));
    answer();
    expect(await classified(id)).toMatchObject({ category: 'billing', priority: 'critical' });

    expect(await classified((await create({ category: 'account' })).id)).toMatchObject({
      category: 'account',
      priority: 'high',
    });
  });
});
