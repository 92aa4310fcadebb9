import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { Audit } from '../src/audit/audit.js';
import type { Actor } from '../src/contract/actor.js';
import type { AuditEntry } from '../src/contract/administration.js';
import type { AuditList } from '../src/contract/queries.js';
import { Database } from '../src/database/database.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { type Answer, RestClient } from './support/rest-client.js';
import { signIn } from './support/sign-in.js';

const ADA: Actor = { kind: 'agent', id: 'ada', name: 'Ada Lovelace' };
const BOT: Actor = { kind: 'token', id: 'bot', name: 'Nightly export' };

describe('the audit', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let admin: RestClient;
  let audit: Audit;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    desk = await startDesk(database.connection);
    admin = new RestClient(desk.url);
    audit = desk.app.get(Audit);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const read = (query = ''): Promise<Answer<AuditList>> => admin.get<AuditList>(`/api/audit${query}`);
  const entries = async (query = ''): Promise<AuditEntry[]> => (await read(query)).body.results;
  const clear = () => sql.query('delete from audit');

  it('tells who did what to whom, when and from where, newest first', async () => {
    await clear();
    const display = { kind: 'display', id: 'd1', name: 'Lobby' };
    await audit.record({ actor: ADA, action: 'sign_in', address: '::ffff:203.0.113.7' });
    await audit.record({ actor: BOT, action: 'display_revoked', target: display, details: { why: 'gone' } });
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/);
    const id = expect.any(Number);
    expect(await entries()).toEqual([
      {
        id,
        at,
        actor: BOT,
        action: 'display_revoked',
        target: display,
        details: { why: 'gone' },
        address: null,
      },
      { id, at, actor: ADA, action: 'sign_in', target: null, details: {}, address: '203.0.113.7' },
    ]);
  });

  it('finds by action and by a part of a name, in any letter case', async () => {
    await clear();
    await audit.record({ actor: ADA, action: 'sign_in' });
    await audit.record({ actor: ADA, action: 'sign_out' });
    await audit.record({
      actor: BOT,
      action: 'person_changed',
      target: { kind: 'person', id: '1', name: '100% Ünsal_' },
    });
    const found = async (query: string) => (await entries(query)).map(({ action }) => action);
    expect(await found('?action=sign_in')).toEqual(['sign_in']);
    expect(await found('?action=sign_out,person_changed')).toEqual(['person_changed', 'sign_out']);
    expect(await found('?search=LOVELACE')).toEqual(['sign_out', 'sign_in']);
    expect(await found('?search=lovelace&action=sign_in')).toEqual(['sign_in']);
    for (const part of ['ünsal', '100%', 'Ünsal_', 'nightly']) {
      expect(await found(`?search=${encodeURIComponent(part)}`)).toEqual(['person_changed']);
    }
    for (const part of ['1_0', '%25%25', 'nobody']) expect(await found(`?search=${part}`)).toEqual([]);
    for (const bad of ['?action=hacked', '?who=ada', '?page=0', '?page_size=101']) {
      expect((await read(bad)).status).toBe(400);
    }
  });

  it('is read page by page', async () => {
    await clear();
    for (let number = 0; number < 5; number += 1) await audit.record({ actor: ADA, action: 'sign_in' });
    const first = await read('?page_size=2&action=sign_in');
    expect(first.body).toMatchObject({
      count: 5,
      previous: null,
      next: expect.stringMatching(/^\/api\/audit\?page_size=2&action=sign_in&cursor=[\w.]+$/),
    });
    const numbered = await read('?page_size=2&page=1');
    expect(numbered.body.next).toBe('/api/audit?page_size=2&page=2');
    expect((await read('?page=1&cursor=next.1')).status).toBe(400);
    expect(first.headers.get('link')).toContain(`<${first.body.next}>; rel="next"`);
    const seen: number[] = [];
    for (let next: string | null = '?page_size=2'; next !== null;) {
      const { body } = await read(next.replace('/api/audit', ''));
      // What comes meanwhile shifts nothing.
      await audit.record({ actor: ADA, action: 'sign_in' });
      seen.push(...body.results.map(({ id }) => id));
      next = body.next;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect((await read('?page=9&page_size=2')).body).toMatchObject({ count: 8, results: [], next: null });
  });

  it('holds any text that somebody brought, and is still found', async () => {
    await clear();
    const email = 'a\0b\ud83d'.padEnd(2_000, 'x');
    await audit.record({ actor: ADA, action: 'sign_in_failed', details: { email, nested: [{ email }] } });
    await audit.record({ actor: { ...ADA, name: email }, action: 'sign_in' });
    const [renamed, tried] = await entries('?search=a');
    expect(renamed?.actor.name).toMatch(/^a\ufffdb\ufffdx+$/);
    expect((tried?.details.email as string).length).toBeLessThanOrEqual(500);
    expect((await sql.query(`select details ->> 'email' from audit`)).rowCount).toBe(2);
  });

  it('has no record of what did not happen', async () => {
    await clear();
    await expect(
      desk.app.get(Database).transaction(async (session) => {
        await audit.record({ actor: ADA, action: 'token_revoked' }, session);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await entries()).toEqual([]);
  });

  it('is for administrators', async () => {
    const agent = new RestClient(desk.url, (await signIn(database.connection)).headers);
    expect((await agent.get('/api/audit')).status).toBe(403);
    expect((await new RestClient(desk.url, {}).get('/api/audit')).status).toBe(401);
  });
});
