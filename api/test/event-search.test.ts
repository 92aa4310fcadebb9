import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { type EventLogPage, eventLogPage } from '../src/contract/queries.js';
import type { Problem } from '../src/contract/problem.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { RestClient } from './support/rest-client.js';
import { makeDisplay, makeToken, signIn } from './support/sign-in.js';

/** Events that one call looks at. */
const STRETCH = 20_000;
/** Old events, a second apart, more than two stretches. */
const OLD = 45_000;

describe('search of the event log', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let rest: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    await sql.query(
      `insert into event (id, at, type, ticket_id, version, mark, actor, changes, changed, ticket)
       select nextval('event_id_seq'), '2026-01-01'::timestamptz + n * interval '1 second', 'ticket.updated', 1000000,
         n, 'm', json_build_object('kind', 'classifier', 'id', null, 'name', 'Old model'), '{}', '{}',
         json_build_object('id', 1000000, 'title', case n when 7 then 'The needle' else 'Hay' end)
       from generate_series(1, $1::int) n`,
      [OLD],
    );
    // Long enough for any machine: what was written here is in the log when it is read.
    desk = await startDesk(database.connection);
    rest = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const search = async (query: string) => (await rest.get<EventLogPage>(`/api/events/log${query}`)).body;
  const ids = ({ results }: EventLogPage) => results.map(({ id }) => id);
  const count = async (table: string) =>
    Number((await sql.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]!.count);

  it('is newest first, in pages that go on where the last one stopped while events come', async () => {
    for (let n = 0; n < 5; n += 1) await rest.create({ title: `Page ${n}` });
    const whole = await search('?page_size=5');
    expect(eventLogPage.parse(whole)).toMatchObject({ results: whole.results, retention_days: null });
    expect(whole.results.map(({ ticket }) => ticket?.title)).toEqual([4, 3, 2, 1, 0].map((n) => `Page ${n}`));
    const first = await search('?page_size=2');
    await rest.create();
    const second = await rest.get<EventLogPage>(first.next!);
    expect([...ids(first), ...ids(second.body)]).toEqual(ids(whole).slice(0, 4));
    expect(first.searched_to).toBe(first.results.at(-1)!.at);
    expect(first.next).toMatch(/^\/api\/events\/log\?page_size=2&cursor=/);
  });

  it('looks at a bounded stretch a call, and says how far it came', async () => {
    const events = await count('event');
    const found: number[] = [];
    const reached: (string | null)[] = [];
    let path: string | null = '/api/events/log?search=needle';
    let calls = 0;
    for (; path !== null; calls += 1) {
      const { body }: { body: EventLogPage } = await rest.get<EventLogPage>(path);
      found.push(...body.results.map(({ version }) => version!));
      reached.push(body.searched_to);
      path = body.next;
    }
    expect(calls).toBe(Math.ceil(events / STRETCH));
    expect(found).toEqual([7]);
    const { rows } = await sql.query<{ at: Date }>(
      'select at from event order by id desc offset $1 limit 1',
      [STRETCH - 1],
    );
    expect(reached[0]).toBe(rows[0]!.at.toISOString());
    expect(reached.pop()).toBeNull();
    expect([...reached].sort().reverse()).toEqual(reached);
  });

  it('walks the whole log, each event once', async () => {
    const seen: number[] = [];
    for (let path: string | null = '/api/events/log?page_size=100&actor=agent,database'; path !== null;) {
      const { body }: { body: EventLogPage } = await rest.get<EventLogPage>(path);
      seen.push(...ids(body));
      path = body.next;
    }
    const { rows } = await sql.query<{ id: string }>(
      `select id from event where actor ->> 'kind' in ('agent', 'database') order by id desc`,
    );
    expect(seen).toEqual(rows.map(({ id }) => Number(id)));
  });

  describe('with filters', () => {
    let id: number;
    let commentId: number;
    beforeAll(async () => {
      ({ id } = await rest.create({ title: 'Ärger mit 100% (der) Straße_1' }));
      commentId = (
        await rest.post<{ id: number }>(`/api/tickets/${id}/comments`, { body: 'x', internal: true })
      ).body.id;
      await sql.query(`update ticket set status = 'closed' where id = $1`, [id]);
      const other = await rest.create({ title: 'Bystander' });
      await rest.delete(`/api/tickets/${other.id}`);
      const zoe = await signIn(database.connection, { name: 'Zoë Z.' });
      await new RestClient(desk.url, zoe.headers).patch(`/api/tickets/${id}`, { priority: 'critical' });
    });

    it.each([
      ['ticket', ['ticket.updated', 'ticket.updated', 'comment.created', 'ticket.created']],
      ['ticket&type=comment.created', ['comment.created']],
      ['ticket&type=ticket.created,comment.created', ['comment.created', 'ticket.created']],
      ['ticket&actor=database', ['ticket.updated']],
      ['ticket&search=z', ['ticket.updated']],
      ['search=ZOË', ['ticket.updated']],
      ['search=ärger', ['ticket.updated', 'ticket.updated', 'comment.created', 'ticket.created']],
      ['search=ÄRGER&actor=agent', ['ticket.updated', 'comment.created', 'ticket.created']],
      ['search=100%25 (DER) strasse_1&type=ticket.created', []],
      ['search=100%25 (DER) straße_1&type=ticket.created', ['ticket.created']],
      ['search=100%25.(der)&type=ticket.created', []],
      ['search=***&type=ticket.created', []],
      ['search=bystander', ['ticket.deleted', 'ticket.created']],
      ['type=ticket.deleted&search=%20', ['ticket.deleted']],
      ['ticket&type=person.updated', []],
    ])('%s', async (filters, types) => {
      const query = filters.replace(/^ticket/, `ticket=${id}`);
      const { results } = await search(`?${query}`);
      expect(results.map(({ type }) => type)).toEqual(types);
    });

    it('gives each event as the feed does', async () => {
      const { results, next, searched_to: end } = await search(`?ticket=${id}`);
      const { body } = await rest.get<{ results: unknown }>(`/api/tickets/${id}/history`);
      expect(results).toEqual(body.results);
      expect([next, end]).toEqual([null, null]);
      expect(results.find(({ type }) => type === 'comment.created')?.comment?.id).toBe(commentId);
    });

    it('of a ticket with a long history is bounded too', async () => {
      const page = await search('?ticket=1000000&search=needle');
      expect([page.results, page.next === null]).toEqual([[], false]);
      const { body } = await rest.get<EventLogPage>(page.next!);
      expect([body.results, body.next === null]).toEqual([[], false]);
      const last = await rest.get<EventLogPage>(body.next!);
      expect(last.body.results.map(({ version }) => version)).toEqual([7]);
      expect(last.body.next).toBeNull();
    });
  });

  it.each([
    ['type=ticket.lost', 'type'],
    ['actor=nobody', 'actor'],
    ['ticket=x', 'ticket'],
    ['cursor=x', 'cursor'],
    ['cursor=previous.5', 'cursor'],
    ['page=2', 'page'],
    ['page_size=101', 'page_size'],
    [`search=${'x'.repeat(201)}`, 'search'],
  ])('refuses %s by name', async (query, field) => {
    const { status, body } = await rest.get<Problem>(`/api/events/log?${query}`);
    expect([status, body.errors?.map((error) => error.field)]).toEqual([400, [field]]);
  });

  it('is for administrators', async () => {
    const ann = await signIn(database.connection);
    const { id } = await signIn(database.connection, { role: 'admin' });
    const callers: [Readonly<Record<string, string>>, number][] = [
      [{}, 401],
      [ann.headers, 403],
      [(await makeDisplay(database.connection)).headers, 403],
      [(await makeToken(database.connection, { id }, ['tickets:read', 'tickets:write'])).headers, 403],
      [(await makeToken(database.connection, { id }, ['admin'])).headers, 200],
    ];
    for (const [headers, expected] of callers) {
      expect((await new RestClient(desk.url, headers).get('/api/events/log')).status).toBe(expected);
    }
  });
});
