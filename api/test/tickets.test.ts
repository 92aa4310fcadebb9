import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import { Logger } from '@nestjs/common';
import pg from 'pg';

import type { Identity } from '../src/auth/identity.js';
import type { Problem } from '../src/contract/problem.js';
import { listTicketsQuery, type TicketHistory, type TicketList } from '../src/contract/queries.js';
import type { Stats } from '../src/contract/stats.js';
import { type Ticket, ticketReceipt } from '../src/contract/ticket.js';
import { TicketListReader } from '../src/tickets/ticket-list-reader.js';
import { TicketsService } from '../src/tickets/tickets.service.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { RestClient } from './support/rest-client.js';
import { AGENT } from './support/sign-in.js';

describe('tickets over REST', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let rest: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    await sql.query("insert into person (id, name) values ('ada', 'Ada')");
    desk = await startDesk(database.connection);
    rest = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const list = async (query = '') => (await rest.get<TicketList>(`/api/tickets${query}`)).body;
  const ids = ({ results }: TicketList) => results.map(({ id }) => id);

  /** All pages from `path` on, by the links they give. */
  async function walk(path: string, way: 'next' | 'previous'): Promise<TicketList[]> {
    const pages: TicketList[] = [];
    for (let url: string | null = path; url !== null; url = pages.at(-1)![way]) {
      pages.push((await rest.get<TicketList>(url)).body);
    }
    return pages;
  }

  describe('POST /api/tickets', () => {
    it('answers 201 with the ticket, its place and its version', async () => {
      const requester = { name: 'Kim', email: 'kim@example.org' };
      const sent = {
        title: ' It burns ',
        description: 'Badly\n',
        category: 'technical',
        priority: 'critical',
      };
      const { status, body, headers } = await rest.post('/api/tickets', { ...sent, requester });
      expect(status).toBe(201);
      expect(body).toMatchObject({
        title: 'It burns',
        description: 'Badly',
        category: 'technical',
        priority: 'critical',
        status: 'open',
        assignee: null,
        requester,
        classification: { source: 'human', category: 'technical', priority: 'critical', confidence: null },
        version: 1,
      });
      expect(headers.get('location')).toBe(`/api/tickets/${body.id}`);
      expect(headers.get('etag')).toBe('"1"');
      expect((await rest.get(headers.get('location')!)).body).toEqual(body);
    });

    it('names the caller in the event', async () => {
      const { id } = await rest.create();
      const { rows } = await sql.query('select type, actor from event where ticket_id = $1', [id]);
      expect(rows).toEqual([
        { type: 'ticket.created', actor: { kind: 'agent', id: AGENT.id, name: AGENT.name } },
      ]);
      const left = await sql.query("select current_setting('feed.actor', true) as actor");
      expect(left.rows[0]).toEqual({ actor: null });
    });

    it('gives who is not signed in a receipt, and no way to the ticket', async () => {
      const requester = { name: 'Kim', email: 'kim@example.org' };
      const sent = { title: 'It burns', description: 'Badly', category: 'technical', priority: 'critical' };
      const visitor = new RestClient(desk.url, {});
      const { status, body, headers } = await visitor.post('/api/tickets', { ...sent, requester });
      expect(status).toBe(201);
      expect(ticketReceipt.strict().parse(body)).toEqual(body);
      expect(body).toMatchObject({
        title: 'It burns',
        category: 'technical',
        priority: 'critical',
        status: 'open',
      });
      expect([headers.get('location'), headers.get('etag')]).toEqual([null, null]);
      const { body: ticket } = await rest.get<Ticket>(`/api/tickets/${body.id}`);
      expect(ticket).toMatchObject({ ...sent, requester, created_at: body.created_at });
      const { rows } = await sql.query('select actor from event where ticket_id = $1', [body.id]);
      expect(rows).toEqual([{ actor: { kind: 'requester', id: null, name: 'Requester' } }]);
    });

    it('counts lengths in code points, as the database does', async () => {
      const { title } = await rest.create({ title: '𝕏'.repeat(200) });
      expect([...title]).toHaveLength(200);
    });

    it('says 400 of what the database alone refuses', async () => {
      // Next line is no white space to JavaScript; whether it is to PostgreSQL lies in its locale.
      const title = '\u0085';
      const { rows } = await sql.query<{ visible: boolean }>("select $1 ~ '[^[:space:]]' as visible", [
        title,
      ]);
      const { status, body } = await rest.post<Problem>('/api/tickets', { title, description: 'x' });
      expect(status).toBe(rows[0]!.visible ? 201 : 400);
      if (status === 400) expect(body.errors?.map(({ field }) => field)).toEqual(['title']);
    });

    it('stands in lists and figures as soon as it is acknowledged', async () => {
      for (let i = 0; i < 10; i += 1) {
        const before = await list('?status=open&page_size=1');
        const { id } = await rest.create();
        const after = await list('?status=open&page_size=1');
        expect([ids(after)[0], after.count]).toEqual([id, before.count + 1]);
        const { body } = await rest.get<Stats>('/api/tickets/stats');
        expect(body.open_tickets).toBe(after.count);
      }
    });
  });

  describe('GET /api/tickets/:id', () => {
    it.each([
      ['"1"', 304],
      ['W/"1"', 304],
      ['"7", W/"1"', 304],
      ['*', 304],
      ['"2"', 200],
      ['"11"', 200],
      ['1', 200],
    ])('with If-None-Match %s answers %i', async (tag, expected) => {
      const { id } = await rest.create();
      const { status, body, headers } = await rest.get<Ticket | null>(`/api/tickets/${id}`, {
        'if-none-match': tag,
      });
      expect([status, body === null, headers.get('etag')]).toEqual([expected, expected === 304, '"1"']);
    });

    it('shows who is assigned by name', async () => {
      const { id } = await rest.create();
      const { body } = await rest.patch(`/api/tickets/${id}`, { assignee: 'ada' });
      expect(body.assignee).toEqual({ id: 'ada', name: 'Ada' });
      expect((await rest.get<Ticket>(`/api/tickets/${id}`)).body).toEqual(body);
    });
  });

  describe('DELETE /api/tickets/:id', () => {
    it('is 204 once, and the ticket is 410 from then on, everywhere', async () => {
      const { id } = await rest.create();
      const { count } = await list();
      expect(await rest.delete(`/api/tickets/${id}`)).toMatchObject({ status: 204, body: null });
      expect((await rest.delete(`/api/tickets/${id}`)).status).toBe(410);
      for (const path of [`/api/tickets/${id}`, `/api/tickets/${id}/history`]) {
        const { status, body } = await rest.get<Problem>(path);
        expect([status, body.code]).toEqual([410, 'gone']);
      }
      expect((await list()).count).toBe(count - 1);
      const { rows } = await sql.query<{ version: number; actor: { name: string } }>(
        `select version, actor from event where ticket_id = $1 and type = 'ticket.deleted'`,
        [id],
      );
      expect(rows).toEqual([{ version: 2, actor: { kind: 'agent', id: AGENT.id, name: AGENT.name } }]);
    });

    it('is 404 for a ticket that never was', async () => {
      expect((await rest.delete('/api/tickets/987654321')).status).toBe(404);
    });
  });

  describe('GET /api/tickets', () => {
    it('links pages by cursors that stay right while rows come and go', async () => {
      const made: number[] = [];
      for (let i = 0; i < 9; i += 1) made.push((await rest.create({ category: 'account' })).id);
      const expected = [...made].reverse();

      const first = await list('?category=account&page_size=3');
      expect([ids(first), first.count, first.previous]).toEqual([expected.slice(0, 3), 9, null]);
      await rest.create({ category: 'account' });
      await rest.delete(`/api/tickets/${made[8]}`);
      const rest3 = await walk(first.next!, 'next');
      expect(rest3.flatMap(ids)).toEqual(expected.slice(3));

      const back = await walk(rest3.at(-1)!.previous!, 'previous');
      expect(back.flatMap((page) => ids(page).reverse())).toEqual([
        ...[...expected.slice(1, 6)].reverse(),
        made[8]! + 1,
      ]);
    });

    it('links pages by number when asked by number, and a page past the end is empty', async () => {
      const { count } = await list();
      const last = Math.ceil(count / 4);
      const pages = await walk('/api/tickets?page=1&page_size=4', 'next');
      expect(pages).toHaveLength(last);
      expect(new Set(pages.flatMap(ids)).size).toBe(count);
      expect(pages[0]!.previous).toBeNull();
      expect(pages[1]!.previous).toBe('/api/tickets?page_size=4&page=1');
      const beyond = await list(`?page=${last + 5}&page_size=4`);
      expect([beyond.count, beyond.next, beyond.results]).toEqual([count, null, []]);
    });

    it('keeps the filters in its links, also in the Link header', async () => {
      for (let i = 0; i < 3; i += 1) await rest.create({ title: 'Zebra crossing', priority: 'low' });
      const path = '/api/tickets?priority=low%2Cmedium&search=zebra&page_size=1';
      const { body, headers } = await rest.get<TicketList>(path);
      const second = await rest.get<TicketList>(body.next!);
      expect(second.body.results.map(({ title }) => title)).toEqual(['Zebra crossing']);
      expect(second.body.count).toBe(3);
      expect(headers.get('link')).toBe(`<${body.next}>; rel="next", <${path}>; rel="first"`);
      const { next, previous } = second.body;
      expect(second.headers.get('link')).toBe(
        `<${next}>; rel="next", <${previous}>; rel="prev", <${path}>; rel="first"`,
      );
    });

    it('takes a search of blanks for none', async () => {
      const { count } = await list();
      expect(await list('?search=%20%20')).toMatchObject({ count, count_exact: true });
    });

    it('knows whose tickets are meant by none and me', async () => {
      const { id } = await rest.create();
      await rest.patch(`/api/tickets/${id}`, { assignee: 'ada' });
      expect(ids(await list('?assignee=ada'))).toContain(id);
      expect(ids(await list('?assignee=none&page_size=100'))).not.toContain(id);
      expect(await list('?assignee=me')).toMatchObject({ count: 0, count_exact: true, results: [] });
      await rest.patch(`/api/tickets/${id}`, { assignee: AGENT.id });
      expect(ids(await list('?assignee=me'))).toEqual([id]);
    });

    it('has no tickets of somebody who is no person', async () => {
      const nobody: Identity = {
        kind: 'display',
        key: null,
        actor: { kind: 'requester', id: null, name: 'Screen' },
        person: null,
        grants: new Set(['display']),
        credential: null,
      };
      const query = listTicketsQuery.parse({ assignee: 'me' });
      const found = await desk.app.get(TicketListReader).list(query, '/api/tickets?assignee=me', nobody);
      expect(found.list).toMatchObject({ count: 0, count_exact: true, results: [], next: null });
    });

    it('gives a position that is not later than its rows', async () => {
      const before = (await list()).as_of;
      const { id } = await rest.create();
      const after = (await list()).as_of;
      expect(after.epoch).toBe(before.epoch);
      expect(after.id).toBeGreaterThan(before.id);
      const { rows } = await sql.query<{ id: string; mark: string }>(
        'select id, mark from event where ticket_id = $1',
        [id],
      );
      expect(rows).toEqual([{ id: String(after.id), mark: after.mark }]);
    });

    it('refuses a cursor of another ordering', async () => {
      const { next } = await list('?page_size=1');
      const { status, body } = await rest.get<Problem>(`${next}&ordering=priority`);
      expect([status, body.errors?.map(({ field }) => field)]).toEqual([400, ['cursor']]);
    });
  });

  describe('GET /api/tickets/:id/history', () => {
    it('tells what happened, newest first, whoever did it, in pages', async () => {
      const { id } = await rest.create();
      await sql.query("update ticket set description = 'By SQL' where id = $1", [id]);
      for (const status of ['in_progress', 'resolved', 'closed']) {
        await rest.patch(`/api/tickets/${id}`, { status });
      }
      const path = `/api/tickets/${id}/history`;
      const { body: whole } = await rest.get<TicketHistory>(path);
      expect([whole.count, whole.next, whole.previous]).toEqual([5, null, null]);
      expect(whole.results.map(({ version, changed, actor }) => [version, changed, actor.name])).toEqual([
        [5, ['status'], 'Agent'],
        [4, ['status'], 'Agent'],
        [3, ['status'], 'Agent'],
        [2, ['description'], 'Database'],
        [1, [], 'Agent'],
      ]);
      expect(whole.results[0]).toMatchObject({
        type: 'ticket.updated',
        ticket_id: id,
        changes: { status: ['resolved', 'closed'] },
        ticket: { id, status: 'closed' },
      });

      const first = (await rest.get<TicketHistory>(`${path}?page_size=2`)).body;
      const second = (await rest.get<TicketHistory>(first.next!)).body;
      const third = (await rest.get<TicketHistory>(second.next!)).body;
      expect([first, second, third].flatMap(({ results }) => results)).toEqual(whole.results);
      expect([first.previous, third.next]).toEqual([null, null]);
      expect((await rest.get<TicketHistory>(third.previous!)).body.results).toEqual(second.results);

      const numbered = (await rest.get<TicketHistory>(`${path}?page=2&page_size=2`)).body;
      expect(numbered.results).toEqual(second.results);
      expect(numbered.next).toBe(`${path}?page_size=2&page=3`);
      expect((await rest.get<TicketHistory>(`${path}?page=9`)).body.results).toEqual([]);
    });
  });

  it('says nothing of our own faults but that there was one', async () => {
    const fault = new Error('select * from secret at /srv/app/file.js');
    const read = jest.spyOn(desk.app.get(TicketsService), 'read').mockRejectedValue(fault);
    const noted = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const { status, headers, body } = await rest.get<Problem>('/api/tickets/1');
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect([status, body.code]).toEqual([500, 'internal']);
    expect(JSON.stringify(body)).not.toMatch(/select|secret|\.js/);
    expect(noted).toHaveBeenCalledTimes(1);
    expect(noted.mock.calls[0]![0]).toContain(fault.message);
    read.mockRestore();
    noted.mockRestore();
  });

  it('names the methods of a path that is asked by another one', async () => {
    const { status, headers, body } = await rest.send<Problem>('PUT', '/api/tickets/1');
    expect([status, body.code]).toEqual([405, 'method_not_allowed']);
    expect(headers.get('allow')).toBe('GET, HEAD, PATCH, DELETE');
    expect((await rest.send('PUT', '/api/tickets/stats/')).headers.get('allow')).toBe('GET, HEAD');
  });

  it('maps every column of its tables, and no other', async () => {
    const orm = desk.app.get(MikroORM);
    for (const table of ['ticket', 'person']) {
      const { rows } = await sql.query<{ column_name: string; data_type: string; is_nullable: string }>(
        `select column_name, data_type, is_nullable from information_schema.columns where table_name = $1`,
        [table],
      );
      const meta = [...orm.getMetadata().getAll().values()].find(({ tableName }) => tableName === table)!;
      const mapped = meta.props.map(({ fieldNames, columnTypes, nullable }) => ({
        name: fieldNames[0],
        type: columnTypes[0]
          ?.replace('timestamptz(3)', 'timestamp with time zone')
          .replace(/^int$/, 'integer'),
        nullable: nullable === true,
      }));
      const order = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
        a.name! < b.name! ? -1 : 1;
      expect(mapped.sort(order)).toEqual(
        rows
          .map((row) => ({
            name: row.column_name,
            type: row.data_type,
            nullable: row.is_nullable === 'YES',
          }))
          .sort(order),
      );
    }
  });
});
