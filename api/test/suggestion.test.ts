import { createHmac, randomBytes, randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { ClassifyResult } from '../src/contract/classification.js';
import type { Problem } from '../src/contract/problem.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { classifies, type FakeModel, startFakeModel } from './support/fake-model.js';
import { RestClient } from './support/rest-client.js';

const SAID = { category: 'account', priority: 'high', confidence: 0.9, reason: 'It is about money.' };

describe('The word of the model', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let model: FakeModel;
  let desk: Desk;
  let admin: RestClient;
  const visitor = { cookie: `signalbox.visitor=${randomUUID()}` };

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    model = await startFakeModel();
    model.behave(classifies(SAID));
    desk = await startDesk(database.connection, { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'some-model' });
    admin = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await model.stop();
    await sql.end();
    await database.drop();
  });

  it('is only what it has said of this text, lately, whoever brings it', async () => {
    const description = 'My invoice is wrong';
    const nobody = new RestClient(desk.url, visitor);
    const { body } = await nobody.post<ClassifyResult>('/api/tickets/classify', { description });
    const [payload = '', signature = ''] = body.suggestion.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { issued_at: number };
    const { rows } = await sql.query<{ name: string; value: Buffer }>('select name, value from secret');
    const signed = (changes: object, key: Buffer) => {
      const text = Buffer.from(JSON.stringify({ ...claims, ...changes })).toString('base64url');
      return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
    };
    const key = rows.find(({ value }) => signed({}, value) === body.suggestion)!.value;
    const wrong = {
      forged: `${Buffer.from(JSON.stringify({ ...claims, priority: 'critical' })).toString('base64url')}.${signature}`,
      'signed by somebody else': signed({ priority: 'critical' }, randomBytes(32)),
      expired: signed({ issued_at: claims.issued_at - 25 * 3_600_000 }, key),
    };
    const tickets = async () => (await sql.query('select from ticket')).rowCount;
    const before = await tickets();
    for (const client of [nobody, admin]) {
      for (const [name, suggestion] of Object.entries(wrong)) {
        const answer = await client.post<Problem>('/api/tickets', { title: 'T', description, suggestion });
        expect([name, answer.status, answer.body.errors?.[0]?.field]).toEqual([name, 400, 'suggestion']);
      }
    }
    expect(await tickets()).toBe(before);
    const good = await admin.post('/api/tickets', { title: 'T', description, suggestion: body.suggestion });
    expect(good.body.classification).toMatchObject({ source: 'model', priority: 'high' });
    const chosen = await admin.post('/api/tickets', {
      title: 'T',
      description,
      priority: 'low',
      category: 'general',
    });
    expect(chosen.body.classification?.source ?? 'human').toBe('human');
  });
});
