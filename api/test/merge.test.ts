import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { FieldConflict, Problem } from '../src/contract/problem.js';
import type { Ticket } from '../src/contract/ticket.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { lockWaiter } from './support/lock-waiter.js';
import { RestClient } from './support/rest-client.js';

const MOMENT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown as string;

describe('concurrent edits', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let rest: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    await sql.query("insert into person (id, name) values ('ada', 'Ada'), ('bob', 'Bob')");
    desk = await startDesk(database.connection);
    rest = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const bySql = (id: number, assignments: string) =>
    sql.query(`update ticket set ${assignments} where id = $1`, [id]);
  const read = async (id: number) => (await rest.get<Ticket>(`/api/tickets/${id}`)).body;
  const eventCount = async () =>
    Number((await sql.query<{ count: string }>('select count(*) from event')).rows[0]!.count);

  /** One field, changed by SQL since version 1: what a patch with base_version 1 makes of it. */
  const FIELDS = [
    { field: 'title', base: 'A ticket', theirs: 'Theirs', yours: 'Yours', by: "title = 'Theirs'" },
    {
      field: 'description',
      base: 'What it is about',
      theirs: 'Their text',
      yours: 'Your text',
      by: "description = 'Their text'",
    },
    { field: 'category', base: 'billing', theirs: 'account', yours: 'general', by: "category = 'account'" },
    { field: 'priority', base: 'medium', theirs: 'high', yours: 'low', by: "priority = 'high'" },
    { field: 'status', base: 'open', theirs: 'closed', yours: 'resolved', by: "status = 'closed'" },
    { field: 'assignee', base: null, theirs: 'ada', yours: 'bob', by: "assignee_id = 'ada'" },
  ] as const;

  describe.each(FIELDS)('of $field', ({ field, base, theirs, yours, by }) => {
    it('without base_version the last one wins', async () => {
      const { id } = await rest.create();
      await bySql(id, by);
      const { status, body } = await rest.patch(`/api/tickets/${id}`, { [field]: yours });
      expect(status).toBe(200);
      expect(body.version).toBe(3);
    });

    it('another value is a conflict that names both and applies nothing', async () => {
      const { id } = await rest.create();
      await bySql(id, by);
      const events = await eventCount();
      const free = field === 'title' ? { priority: 'critical' } : { title: 'Would be free' };
      const { status, body } = await rest.patch<Problem>(`/api/tickets/${id}`, {
        ...free,
        [field]: yours,
        base_version: 1,
      });
      expect(status).toBe(409);
      expect(body.code).toBe('conflict');
      expect(body.conflicts).toEqual([{ field, base, yours, theirs, by: 'Database', at: MOMENT }]);
      expect(body.ticket).toEqual(await read(id));
      expect(body.ticket?.version).toBe(2);
      expect(await eventCount()).toBe(events);
    });

    it('the same value is a success that changes nothing', async () => {
      const { id } = await rest.create();
      await bySql(id, by);
      const events = await eventCount();
      const { status, body, headers } = await rest.patch(`/api/tickets/${id}`, {
        [field]: theirs,
        base_version: 1,
      });
      expect(status).toBe(200);
      expect(body.version).toBe(2);
      expect(headers.get('etag')).toBe('"2"');
      expect(await eventCount()).toBe(events);
    });

    it('a change of other fields does not stand in the way', async () => {
      const { id } = await rest.create();
      await bySql(id, field === 'status' ? "title = 'Other'" : "status = 'in_progress'");
      const { status, body } = await rest.patch(`/api/tickets/${id}`, { [field]: yours, base_version: 1 });
      expect(status).toBe(200);
      expect(body.version).toBe(3);
      expect(field === 'assignee' ? body.assignee?.id : body[field]).toBe(yours);
      expect(field === 'status' ? body.title : body.status).toBe(
        field === 'status' ? 'Other' : 'in_progress',
      );
    });

    it('a change below the base does not stand in the way', async () => {
      const { id } = await rest.create();
      await bySql(id, by);
      const { status } = await rest.patch(`/api/tickets/${id}`, { [field]: yours, base_version: 2 });
      expect(status).toBe(200);
    });

    it('a change away and back again is a change', async () => {
      const { id } = await rest.create();
      await bySql(id, by);
      const back = { ...{ [field]: base }, base_version: 2 };
      expect((await rest.patch(`/api/tickets/${id}`, back)).body.version).toBe(3);
      const { status, body } = await rest.patch<Problem>(`/api/tickets/${id}`, {
        [field]: yours,
        base_version: 1,
      });
      expect(status).toBe(409);
      expect(body.conflicts).toEqual([{ field, base, yours, theirs: base, by: 'Agent', at: MOMENT }]);
    });
  });

  it('merges a field that is free with one that has the wanted value already', async () => {
    const { id } = await rest.create();
    await bySql(id, "status = 'closed'");
    const { status, body } = await rest.patch(`/api/tickets/${id}`, {
      status: 'closed',
      title: 'New',
      base_version: 1,
    });
    expect([status, body.status, body.title, body.version]).toEqual([200, 'closed', 'New', 3]);
  });

  it('gives the base of the first change and the author of the last', async () => {
    const { id } = await rest.create();
    await bySql(id, "status = 'in_progress'");
    await rest.patch(`/api/tickets/${id}`, { status: 'resolved' });
    const { body } = await rest.patch<Problem>(`/api/tickets/${id}`, { status: 'closed', base_version: 1 });
    const [conflict] = body.conflicts as FieldConflict[];
    expect(conflict).toMatchObject({ base: 'open', theirs: 'resolved', by: 'Agent' });
  });

  it('makes up no base where the log has it no more', async () => {
    const { id } = await rest.create();
    await bySql(id, "priority = 'low'");
    await bySql(id, "priority = 'high'");
    await sql.query('delete from event where ticket_id = $1 and version = 2', [id]);
    const patch = { priority: 'critical', base_version: 1 };
    const { status, body } = await rest.patch<Problem>(`/api/tickets/${id}`, patch);
    expect(status).toBe(409);
    expect(body.conflicts).toEqual([
      { field: 'priority', yours: 'critical', theirs: 'high', by: 'Database', at: MOMENT },
    ]);
  });

  it('names every contested field', async () => {
    const { id } = await rest.create();
    await bySql(id, "status = 'closed', priority = 'low', assignee_id = 'bob'");
    const { body } = await rest.patch<Problem>(`/api/tickets/${id}`, {
      status: 'resolved',
      priority: 'high',
      assignee: null,
      category: 'account',
      base_version: 1,
    });
    expect(body.conflicts).toMatchObject([
      { field: 'assignee', base: null, yours: null, theirs: 'bob' },
      { field: 'priority', base: 'medium', yours: 'high', theirs: 'low' },
      { field: 'status', base: 'open', yours: 'resolved', theirs: 'closed' },
    ]);
  });

  it('refuses a base above the current version and says so', async () => {
    const { id } = await rest.create();
    const { status, body } = await rest.patch<Problem>(`/api/tickets/${id}`, {
      status: 'closed',
      base_version: 2,
    });
    expect(status).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toEqual(['base_version']);
    expect((await read(id)).version).toBe(1);
  });

  it('makes no event and no new version of a call that changes no value', async () => {
    const { id } = await rest.create();
    const events = await eventCount();
    for (const change of [{ status: 'open' }, { assignee: null }, {}, { base_version: 1 }]) {
      const { status, body } = await rest.patch(`/api/tickets/${id}`, change);
      expect([status, body.version]).toEqual([200, 1]);
    }
    expect(await eventCount()).toBe(events);
  });

  it.each([
    ['"1"', 200],
    ['"9", "1"', 200],
    ['*', 200],
    ['"2"', 412],
    ['W/"1"', 412],
    ['"one"', 412],
    ['""', 412],
    ['1', 400],
    ['"1', 400],
    ['"1" "2"', 400],
  ])('with If-Match %s answers %i', async (tag, expected) => {
    const { id } = await rest.create();
    const { status, body } = await rest.patch<Ticket | Problem>(
      `/api/tickets/${id}`,
      { status: 'closed' },
      { 'if-match': tag },
    );
    expect(status).toBe(expected);
    if (status === 400) expect(body).toMatchObject({ errors: [{ field: 'If-Match' }] });
    if (status === 412) expect(body).toMatchObject({ ticket: await read(id) });
    expect((await read(id)).version).toBe(status === 200 ? 2 : 1);
  });

  it('wants If-Match and base_version to hold together', async () => {
    const { id } = await rest.create();
    await bySql(id, "title = 'Theirs'");
    const change = { status: 'closed', base_version: 1 };
    expect((await rest.patch(`/api/tickets/${id}`, change, { 'if-match': '"1"' })).status).toBe(412);
    expect((await rest.patch(`/api/tickets/${id}`, change, { 'if-match': '"2"' })).status).toBe(200);
  });

  it('refuses somebody who is not there, and applies nothing', async () => {
    const { id } = await rest.create();
    const { status, body } = await rest.patch<Problem>(`/api/tickets/${id}`, {
      assignee: 'nobody',
      status: 'closed',
    });
    expect(status).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toEqual(['assignee']);
    expect(await read(id)).toMatchObject({ version: 1, status: 'open', assignee: null });
  });

  it('says 410 of a deleted ticket and 404 of one that never was', async () => {
    const { id } = await rest.create();
    await rest.delete(`/api/tickets/${id}`);
    expect((await rest.patch(`/api/tickets/${id}`, { status: 'closed', base_version: 1 })).status).toBe(410);
    expect((await rest.patch('/api/tickets/987654321', { status: 'closed' })).status).toBe(404);
  });

  it('decides on the row that another transaction has just committed', async () => {
    const { id } = await rest.create();
    const other = new pg.Client(database.connection);
    await other.connect();
    try {
      await other.query('begin');
      await other.query("update ticket set status = 'in_progress' where id = $1", [id]);
      const waiting = rest.patch<Problem>(`/api/tickets/${id}`, { status: 'closed', base_version: 1 });
      await lockWaiter(sql, 'update ticket');
      await other.query('commit');
      const { status, body } = await waiting;
      expect(status).toBe(409);
      expect(body.conflicts).toMatchObject([{ base: 'open', yours: 'closed', theirs: 'in_progress' }]);
    } finally {
      await other.end();
    }
  });

  it('lets exactly one of many win, each with the version it made', async () => {
    const { id } = await rest.create();
    const values = ['in_progress', 'resolved', 'closed'];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        rest.patch(`/api/tickets/${id}`, { status: values[i % 3], base_version: 1 }),
      ),
    );
    const winners = answers.filter(({ status }) => status === 200);
    const winning = (await read(id)).status;
    // The others either wanted the same value or were told of the conflict.
    expect(winners.every(({ body }) => body.status === winning && body.version === 2)).toBe(true);
    expect(winners).toHaveLength(4);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(8);
  });
});
