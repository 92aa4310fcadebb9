import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type {
  AuditEntry,
  ClassificationReport,
  ClassificationTest,
  Settings,
} from '../src/contract/administration.js';
import type { ClassifyResult } from '../src/contract/classification.js';
import type { Ready } from '../src/contract/health.js';
import type { AuditList } from '../src/contract/queries.js';
import type { Ticket } from '../src/contract/ticket.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import {
  type Behaviour,
  classifies,
  type FakeModel,
  json,
  says,
  startFakeModel,
} from './support/fake-model.js';
import { RestClient } from './support/rest-client.js';
import { AGENT, makeToken, signIn } from './support/sign-in.js';

const GOOD = { category: 'billing', priority: 'high', confidence: 0.93, reason: 'Charged twice.' };
const KEY = 'sk-a-very-secret-key';
/** For a model that answers, and for one that never does. */
const PATIENT_MS = 20_000;
const DEADLINE_MS = 500;
const MARGIN_MS = 5_000;
/** How long another process may go by what was set before. */
const REMEMBERED_MS = 3_000;

describe('settings and the model', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let model: FakeModel;
  let desk: Desk;
  let elsewhere: Desk;
  let admin: RestClient;
  let agent: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    model = await startFakeModel();
    [desk, elsewhere] = [await start(PATIENT_MS), await start(PATIENT_MS)];
    admin = new RestClient(desk.url);
    agent = new RestClient(desk.url, (await signIn(database.connection)).headers);
  });
  afterAll(async () => {
    await elsewhere.stop();
    await desk.stop();
    await model.stop();
    await sql.end();
    await database.drop();
  });
  beforeEach(async () => {
    model.behave(classifies(GOOD));
    await admin.patch('/api/settings', { classification_enabled: true });
  });

  const start = (deadlineMs: number) =>
    startDesk(database.connection, {
      OPENAI_BASE_URL: model.url,
      OPENAI_MODEL: 'some-model',
      OPENAI_API_KEY: KEY,
      CLASSIFY_TIMEOUT_MS: String(deadlineMs),
    });
  const set = (enabled: boolean, by = admin) =>
    by.patch<Settings>('/api/settings', { classification_enabled: enabled });
  const suggest = async (at = desk) =>
    (
      await new RestClient(at.url).post<ClassifyResult>('/api/tickets/classify', {
        description: 'Charged twice',
      })
    ).body;
  const changes = async () =>
    (await admin.get<AuditList>('/api/audit?action=settings_changed&page_size=100')).body.results;

  describe('settings', () => {
    it('are changed by administrators and their tokens, and recorded with what was before', async () => {
      const token = await makeToken(database.connection, AGENT, ['admin']);
      const before = (await changes()).length;
      expect((await set(false)).body).toEqual({ classification_enabled: false });
      expect((await set(false)).body).toEqual({ classification_enabled: false });
      expect((await admin.patch('/api/settings', {})).body).toEqual({ classification_enabled: false });
      expect((await admin.get('/api/settings')).body).toEqual({ classification_enabled: false });
      expect((await set(true, new RestClient(desk.url, token.headers))).status).toBe(200);
      const made = (await changes()).slice(0, -before || undefined);
      expect(made.map(({ actor, details }: AuditEntry) => [actor.kind, details])).toEqual([
        ['token', { classification_enabled: [false, true] }],
        ['agent', { classification_enabled: [true, false] }],
      ]);
    });

    it('are none of others’ business, and take nothing that is unknown', async () => {
      expect((await agent.get('/api/settings')).status).toBe(403);
      expect((await set(false, agent)).status).toBe(403);
      expect((await new RestClient(desk.url, {}).get('/api/settings')).status).toBe(401);
      for (const body of [{ classification_enabled: 'no' }, { classification_enabled: null }, { x: 1 }]) {
        expect((await admin.patch('/api/settings', body)).status).toBe(400);
      }
      expect((await admin.get('/api/settings')).body).toEqual({ classification_enabled: true });
    });

    it('are the defaults while what is stored makes no sense', async () => {
      await sql.query(`insert into setting (name, value) values ('classification_enabled', '"maybe"'), ('old', '1')
        on conflict (name) do update set value = excluded.value`);
      expect((await admin.get('/api/settings')).body).toEqual({ classification_enabled: true });
      expect((await set(false)).body).toEqual({ classification_enabled: false });
    });
  });

  describe('the switch', () => {
    it('keeps texts from the model: at once here, within 3 s in every process', async () => {
      expect(await suggest()).toMatchObject({ ...GOOD, source: 'model' });
      expect(await suggest(elsewhere)).toMatchObject({ source: 'model' });
      await set(false);
      const since = performance.now();
      expect(await suggest()).toMatchObject({ category: 'general', priority: 'low', source: 'fallback' });
      await eventually(async () => expect(await suggest(elsewhere)).toMatchObject({ source: 'fallback' }));
      expect(performance.now() - since).toBeLessThan(REMEMBERED_MS + MARGIN_MS);
      const asked = model.requests.length;
      await suggest();
      await suggest(elsewhere);
      expect(model.requests).toHaveLength(asked);
      const ready = await admin.get<Ready>('/api/health/ready');
      expect(ready).toMatchObject({ status: 200, body: { checks: { classifier: 'off' } } });
      await set(true);
      expect(await suggest()).toMatchObject({ source: 'model' });
    });

    it('leaves no ticket undecided while it is off', async () => {
      await set(false);
      await eventually(async () => expect(await suggest(elsewhere)).toMatchObject({ source: 'fallback' }));
      const asked = model.requests.length;
      const { body } = await admin.post('/api/tickets', { title: 'Later', description: 'Charged twice' });
      expect(body.classification?.source).toBe('pending');
      await eventually(async () => {
        const { classification } = (await admin.get<Ticket>(`/api/tickets/${body.id}`)).body;
        expect(classification).toMatchObject({ source: 'fallback', category: 'general', priority: 'low' });
      });
      expect(model.requests).toHaveLength(asked);
    });
  });

  describe('the report', () => {
    const report = async () => (await admin.get<ClassificationReport>('/api/classification')).body;

    it('says what is set, and never the key', async () => {
      const answer = await admin.get<ClassificationReport>('/api/classification');
      expect(answer.body).toMatchObject({
        enabled: true,
        provider: 'compatible',
        model: 'some-model',
        state: 'up',
        days: 30,
      });
      expect(JSON.stringify(answer.body)).not.toContain(KEY);
      await set(false);
      expect(await report()).toMatchObject({ enabled: false, state: 'up' });
      expect((await agent.get('/api/classification')).status).toBe(403);
    });

    it('counts what was kept and what was not, by what the model said, of thirty days', async () => {
      const said = (category: string, priority: string, source = 'model') =>
        JSON.stringify({
          source,
          model: 'm',
          category,
          priority,
          confidence: 1,
          reason: null,
          latency_ms: 1,
        });
      const add = (category: string, priority: string, classification: string | null, days = 0) =>
        sql.query(
          `insert into ticket (title, description, category, priority, classification, created_at)
           values ('t', 'd', $1, $2, $3, now() - $4 * interval '1 day')`,
          [category, priority, classification, days],
        );
      const before = await report();
      await add('technical', 'high', said('technical', 'high'));
      await add('technical', 'high', said('technical', 'high'), 29);
      await add('technical', 'high', said('technical', 'high'), 31);
      await add('technical', 'low', said('technical', 'high'));
      await add('account', 'high', said('technical', 'high'));
      await add('account', 'low', said('account', 'low', 'fallback'));
      await add('account', 'low', said('account', 'low', 'human'));
      await add('account', 'low', null);
      const added = (await report()).outcomes.map(({ category, accepted, overridden }) => {
        const earlier = before.outcomes.find((outcome) => outcome.category === category)!;
        return [category, accepted - earlier.accepted, overridden - earlier.overridden];
      });
      expect(added).toEqual([
        ['billing', 0, 0],
        ['technical', 2, 2],
        ['account', 0, 0],
        ['general', 0, 0],
      ]);
    });
  });

  describe('the test call', () => {
    const tryOut = async (by = admin) =>
      (
        await by.post<ClassificationTest>('/api/classification/test', {
          description: 'Charged twice, says Zebra',
        })
      ).body;

    it('gives what the model says, switched off too', async () => {
      await set(false);
      expect(await tryOut()).toEqual({ result: GOOD, error: null, latency_ms: expect.any(Number) });
      expect((await agent.post('/api/classification/test', { description: 'x' })).status).toBe(403);
      expect((await admin.post('/api/classification/test', { description: ' ' })).status).toBe(400);
    });

    it.each<[string, Behaviour, RegExp]>([
      [
        'refuses the key',
        json({ error: { message: `Zebra ${KEY} is no key` } }, 401),
        /^The server refuses the key.* \(HTTP 401\)\.$/,
      ],
      ['refuses the text', says(null, { refusal: 'Zebra?' }), /^The model refused the text\.$/],
      ['says nonsense', says('Zebra'), /no classification \(not JSON\)\.$/],
    ])('says in a sentence that the model %s', async (_, behaviour, sentence) => {
      model.behave(behaviour);
      const { result, error } = await tryOut();
      expect(result).toBeNull();
      expect(error).toMatch(sentence);
      expect(error).not.toMatch(/zebra/i);
      expect(error).not.toContain(KEY);
    });

    it('says that the model hangs, within the deadline', async () => {
      const hurried = await start(DEADLINE_MS);
      try {
        model.behave(() => undefined);
        const started = performance.now();
        const { result, error } = await tryOut(new RestClient(hurried.url));
        expect(performance.now() - started).toBeLessThan(DEADLINE_MS + MARGIN_MS);
        expect(result).toBeNull();
        expect(error).toMatch(/in time\.$/);
        expect(error).not.toMatch(/zebra/i);
      } finally {
        await hurried.stop();
      }
    });

    it('reaches a model that is left alone, and does not count for or against it', async () => {
      model.behave(json({}, 401));
      for (let times = 0; times < 6; times += 1) expect((await tryOut()).result).toBeNull();
      const state = async () => (await admin.get<ClassificationReport>('/api/classification')).body.state;
      expect(await state()).toBe('up');
      for (let times = 0; times < 5; times += 1) await suggest();
      expect(await state()).toBe('down');
      model.behave(classifies(GOOD));
      expect(await suggest()).toMatchObject({ source: 'fallback' });
      expect((await tryOut()).result).toEqual(GOOD);
      expect(await state()).toBe('down');
    });

    it('says that there is no model where none is set', async () => {
      const bare = await startDesk(database.connection);
      try {
        const there = new RestClient(bare.url);
        const { body } = await there.post<ClassificationTest>('/api/classification/test', {
          description: 'x',
        });
        expect(body).toEqual({ result: null, error: 'No model is set up.', latency_ms: 0 });
        expect((await there.get('/api/classification')).body).toMatchObject({
          provider: null,
          model: null,
          state: 'off',
        });
      } finally {
        await bare.stop();
      }
    });
  });
});
