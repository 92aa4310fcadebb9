import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Problem } from '../src/contract/problem.js';
import type { Ticket } from '../src/contract/ticket.js';
import { OperationPurge } from '../src/operations/operation-purge.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { lockWaiter } from './support/lock-waiter.js';
import { RestClient } from './support/rest-client.js';
import { AGENT, makeToken, signIn } from './support/sign-in.js';

const TICKET = {
  title: 'Once',
  description: 'However often it is sent',
  category: 'account',
  priority: 'low',
};

describe('repeatable writes', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let rest: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    desk = await startDesk(database.connection);
    rest = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const count = async (table: 'ticket' | 'event' | 'operation') =>
    Number((await sql.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]!.count);

  it.each(['op_id', 'Idempotency-Key'])('answers a repeated call by %s as before', async (way) => {
    const key = randomUUID();
    const [body, headers] = way === 'op_id' ? [{ ...TICKET, op_id: key }, {}] : [TICKET, { [way]: key }];
    const first = await rest.post('/api/tickets', body, headers);
    expect(first.status).toBe(201);
    await rest.patch(`/api/tickets/${first.body.id}`, { status: 'closed' });
    const before = await count('event');
    const second = await rest.post('/api/tickets', body, headers);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    for (const header of ['etag', 'location', 'content-type']) {
      expect(second.headers.get(header)).toBe(first.headers.get(header));
    }
    expect(await count('event')).toBe(before);
  });

  it('knows a UUID in any letter case', async () => {
    const { id } = await rest.create();
    const op_id = randomUUID();
    const say = async (more: object, headers = {}) =>
      rest.post(`/api/tickets/${id}/comments`, { body: 'Said once', internal: false, ...more }, headers);
    const first = await say({ op_id });
    const upper = op_id.toUpperCase();
    for (const again of [
      await say({ op_id: upper }),
      await say({}, { 'Idempotency-Key': upper }),
      await say({ op_id }, { 'Idempotency-Key': upper }),
    ])
      expect([again.status, again.body]).toEqual([201, first.body]);
  });

  it('runs one of ten twins, and answers them all alike', async () => {
    const tickets = await count('ticket');
    const body = { ...TICKET, op_id: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => rest.post('/api/tickets', body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(await count('ticket')).toBe(tickets + 1);
  });

  it('runs one of ten twins that change a ticket', async () => {
    const { id } = await rest.create();
    const body = { title: 'Changed once', op_id: randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => rest.patch(`/api/tickets/${id}`, body)),
    );
    expect(answers.map((answer) => [answer.status, answer.body.version])).toEqual(
      answers.map(() => [200, 2]),
    );
  });

  it('lets the twin run when the call under way fails', async () => {
    const op_id = randomUUID();
    await sql.query('begin');
    await sql.query(
      `insert into operation (identity, route, key, body_hash) values ($2, 'POST /api/tickets', $1, 'x')`,
      [op_id, `person:${AGENT.id}`],
    );
    const tickets = await count('ticket');
    const waiting = rest.post('/api/tickets', { ...TICKET, op_id });
    const watcher = new pg.Client(database.connection);
    await watcher.connect();
    await lockWaiter(watcher, 'insert into operation').finally(() => watcher.end());
    await sql.query('rollback');
    expect((await waiting).status).toBe(201);
    expect(await count('ticket')).toBe(tickets + 1);
  });

  it('belongs to one caller: the same key of somebody else is another operation', async () => {
    const op_id = randomUUID();
    const ann = await signIn(database.connection, { name: 'Ann' });
    const token = await makeToken(database.connection, ann, ['tickets:write']);
    const visitors = [randomUUID(), randomUUID()].map((id) => ({ cookie: `signalbox.visitor=${id}` }));
    const callers = [AGENT.headers, ann.headers, token.headers, ...visitors];
    const send = async (headers: Readonly<Record<string, string>>) =>
      (await new RestClient(desk.url, headers).post('/api/tickets', { ...TICKET, op_id })).body;
    const made = [];
    for (const caller of callers) made.push(await send(caller));
    expect(new Set(made.map(({ id }) => id)).size).toBe(callers.length);
    for (const [index, caller] of callers.entries()) expect(await send(caller)).toEqual(made[index]);
  });

  it('stores nothing for a visitor who could be anybody', async () => {
    const visitor = new RestClient(desk.url, {});
    const body = { ...TICKET, op_id: randomUUID() };
    const operations = await count('operation');
    const ids = [
      (await visitor.post('/api/tickets', body)).body.id,
      (await visitor.post('/api/tickets', body)).body.id,
    ];
    expect(ids[0]).not.toBe(ids[1]);
    expect(await count('operation')).toBe(operations);
  });

  it('stores of a visitor’s ticket the receipt alone, and gives it again', async () => {
    const secret = `kept-from-receipts-${randomUUID()}`;
    const visitor = new RestClient(desk.url, { cookie: `signalbox.visitor=${randomUUID()}` });
    const body = {
      ...TICKET,
      description: secret,
      requester: { name: secret, email: 'kim@example.org' },
      op_id: randomUUID(),
    };
    const first = await visitor.post('/api/tickets', body);
    const second = await visitor.post('/api/tickets', body);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect([second.headers.get('location'), second.headers.get('etag')]).toEqual([null, null]);
    const { rows } = await sql.query<{ answer: object }>('select answer from operation where key = $1', [
      body.op_id,
    ]);
    expect(rows).toEqual([{ answer: first.body }]);
    expect(JSON.stringify([first.body, rows])).not.toContain(secret);
  });

  it('refuses the key for another body, and changes nothing', async () => {
    const op_id = randomUUID();
    await rest.post('/api/tickets', { ...TICKET, op_id });
    const before = [await count('ticket'), await count('event'), await count('operation')];
    const { status, body } = await rest.post<Problem>('/api/tickets', { ...TICKET, title: 'Twice', op_id });
    expect([status, body.code]).toEqual([422, 'op_id_reused']);
    expect([await count('ticket'), await count('event'), await count('operation')]).toEqual(before);
  });

  it('takes the order of fields and blanks around texts for the same body', async () => {
    const op_id = randomUUID();
    const { body: first } = await rest.post('/api/tickets', { ...TICKET, op_id });
    const reordered = Object.fromEntries(Object.entries({ ...TICKET, op_id }).reverse());
    const { status, body } = await rest.post('/api/tickets', { ...reordered, title: '  Once ' });
    expect([status, body.id]).toEqual([201, first.id]);
  });

  it('belongs to one route: the same key elsewhere is another operation', async () => {
    const op_id = randomUUID();
    const one = await rest.create({ op_id });
    const other = await rest.create();
    for (const { id } of [one, other]) {
      const { status, body } = await rest.patch(`/api/tickets/${id}`, { status: 'closed', op_id });
      expect([status, body.id, body.version]).toEqual([200, id, 2]);
    }
  });

  it('counts If-Match as a part of the request', async () => {
    const { id } = await rest.create();
    const body = { status: 'closed', op_id: randomUUID() };
    expect((await rest.patch(`/api/tickets/${id}`, body, { 'if-match': '"1"' })).status).toBe(200);
    expect((await rest.patch(`/api/tickets/${id}`, body, { 'if-match': '"2"' })).status).toBe(422);
  });

  it('repeats a conflict even when it would succeed by now', async () => {
    const { id } = await rest.create();
    await rest.patch(`/api/tickets/${id}`, { status: 'closed' });
    const body = { status: 'resolved', base_version: 1, op_id: randomUUID() };
    const first = await rest.patch<Problem>(`/api/tickets/${id}`, body);
    expect(first.status).toBe(409);
    await rest.patch(`/api/tickets/${id}`, { status: 'resolved' });
    const second = await rest.patch<Problem>(`/api/tickets/${id}`, body);
    expect(second.status).toBe(409);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
  });

  it('repeats 404, 410, 412 and what was wrong with a value', async () => {
    const { id } = await rest.create();
    const absent = id + 100;
    const gone = (await rest.create()).id;
    await rest.delete(`/api/tickets/${gone}`);
    const ifMatch = { 'if-match': '"5"' };
    const calls = [
      { expected: 404, path: `/api/tickets/${absent}`, change: { status: 'closed' }, headers: {} },
      { expected: 410, path: `/api/tickets/${gone}`, change: { status: 'closed' }, headers: {} },
      { expected: 412, path: `/api/tickets/${id}`, change: { status: 'closed' }, headers: ifMatch },
      { expected: 400, path: `/api/tickets/${id}`, change: { assignee: 'later' }, headers: {} },
    ].map((call) => ({ ...call, body: { ...call.change, op_id: randomUUID() } }));
    const send = () =>
      Promise.all(calls.map(({ path, body, headers }) => rest.patch<Problem>(path, body, headers)));
    const first = await send();
    expect(first.map(({ status }) => status)).toEqual(calls.map(({ expected }) => expected));
    await sql.query("insert into person (id, name) values ('later', 'Later')");
    const second = await send();
    expect(second.map(({ body }) => body)).toEqual(first.map(({ body }) => body));
  });

  it('remembers the answer when the app starts anew', async () => {
    const body = { ...TICKET, op_id: randomUUID() };
    const first = await rest.post('/api/tickets', body);
    const again = await startDesk(database.connection);
    try {
      const second = await new RestClient(again.url).post('/api/tickets', body);
      expect([second.status, second.body]).toEqual([201, first.body]);
    } finally {
      await again.stop();
    }
  });

  it('does not remember what was no answer: the same key works afterwards', async () => {
    const op_id = randomUUID();
    const locked = new pg.Client(database.connection);
    await locked.connect();
    const { id } = await rest.create();
    try {
      await locked.query('begin');
      await locked.query('select from ticket where id = $1 for update', [id]);
      const waiting = rest.patch<Problem>(`/api/tickets/${id}`, { status: 'closed', op_id });
      await endTheWaiting(sql);
      const { status, body, headers } = await waiting;
      expect([status, body.code]).toEqual([503, 'unavailable']);
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
    } finally {
      await locked.end();
    }
    const { status, body } = await rest.patch(`/api/tickets/${id}`, { status: 'closed', op_id });
    expect([status, body.version]).toEqual([200, 2]);
  });

  it('refuses a header that is another key than op_id, or none at all', async () => {
    const op_id = randomUUID();
    const wrong: [string, string][] = [
      [randomUUID(), 'op_id'],
      ['x'.repeat(256), 'Idempotency-Key'],
      ['', 'Idempotency-Key'],
      ['two words', 'Idempotency-Key'],
    ];
    const before = await count('operation');
    for (const [header, field] of wrong) {
      const answer = await rest.post<Problem>(
        '/api/tickets',
        { ...TICKET, op_id },
        { 'idempotency-key': header },
      );
      expect(answer.status).toBe(400);
      expect(answer.body.errors?.map((error) => error.field)).toEqual([field]);
    }
    expect(await count('operation')).toBe(before);
    const same = await rest.post<Ticket>('/api/tickets', { ...TICKET, op_id }, { 'idempotency-key': op_id });
    expect(same.status).toBe(201);
  });

  it('keeps answers for 24 hours at least, and not for ever', async () => {
    const [old, recent] = [randomUUID(), randomUUID()];
    const ids = [];
    for (const op_id of [old, recent]) ids.push((await rest.create({ op_id })).id);
    const age = (key: string, hours: number) =>
      sql.query(`update operation set created_at = now() - $2::int * interval '1 hour' where key = $1`, [
        key,
        hours,
      ]);
    await age(old, 49);
    await age(recent, 25);
    expect(await desk.app.get(OperationPurge).purge()).toBe(1);
    expect((await rest.create({ op_id: recent })).id).toBe(ids[1]);
    expect((await rest.create({ op_id: old })).id).not.toBe(ids[0]);
  });
});

/** Ends the session that waits for a row, as soon as there is one. */
async function endTheWaiting(sql: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await sql.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock' and query like '%update ticket%'`,
    );
    if (rows.length > 0) return;
  }
}
