import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';

import { ORDERINGS, SEARCH_COUNT_MAX } from '../src/contract/queries.js';
import { CATEGORIES, PRIORITIES, STATUSES } from '../src/contract/ticket.js';
import type { Session } from '../src/database/database.js';
import { decodeCursor, encodeCursor, type ListCursor } from '../src/tickets/list-cursor.js';
import type { ListRequest } from '../src/tickets/list-request.js';
import { readTicketPage } from '../src/tickets/ticket-list.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { naiveCounts, naiveMatches, naivePages, type NaiveTicket } from './support/naive-list.js';

const SEED = 20_261_121;
const TICKETS = 1_500;
/** Pages of a list that are read forwards, and then backwards. */
const PAGES = 3;
const PEOPLE = ['ada', 'bob'];
const WORDS = [
  ...['login', 'Logout', 'ÄRGER', 'ärgerlich', 'straße', 'ΟΔΟΣ', 'οδοστρωτήρας', 'Платёж', '東京都', '日本'],
  ...['50%', '%', '_', 'a_b', 'ab', 'abc', 'x-abc', '(abc)', 'C++', 'C#', '\\', 'C:\\temp', '!!', "don't"],
  ...['–ab', '„Über“', '🔥', '🔥🔥', 'é', 'v2', '2nd', 'b', '---', 'a.b', '\u001fq', 'İ'],
];
const GAPS = [' ', ' ', ' ', '\n', '\t', '  ', ', ', '. ', '-', '/', '\u00a0', '\u2003', ''];

const texts = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...GAPS)), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.flat().join(''));
// Many at one moment, some close together, some far apart, and some outside what the spans of time hold.
const moments = fc.oneof(
  fc.constant(Date.UTC(2026, 5, 1)),
  fc.integer({ min: 0, max: 300 }).map((hours) => Date.UTC(2026, 0, 1) + hours * 3_600_000),
  fc.integer({ min: 0, max: 90_000_000 }).map((seconds) => Date.UTC(2024, 0, 1) + seconds * 1_000 + 137),
  fc.constantFrom(Date.UTC(1956, 1, 29), Date.UTC(2150, 0, 1)),
);
const tickets: fc.Arbitrary<Omit<NaiveTicket, 'id'>> = fc.record({
  title: texts.map((text) => `${text.trim()}x`),
  description: texts.map((text) => `${text}.`),
  status: fc.constantFrom(...STATUSES, 'closed', 'closed', 'closed'),
  category: fc.constantFrom(...CATEGORIES),
  priority: fc.constantFrom(...PRIORITIES, 'low', 'low'),
  assignee: fc.constantFrom(null, null, ...PEOPLE),
  created_at: moments,
  updated_at: moments,
});

const some = <Value>(all: readonly Value[]) =>
  fc.option(fc.subarray([...all], { minLength: 1 }), { nil: undefined, freq: 1 });
const parts = fc
  .tuple(fc.constantFrom(...WORDS), fc.nat(3), fc.nat(6))
  .map(([word, start, length]) => [...word].slice(start, start + length + 1).join('') || word);
const bound = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 3 },
  { arbitrary: moments.map((at) => new Date(at)), weight: 1 },
);
const facets = fc.record({
  status: some(STATUSES),
  category: some(CATEGORIES),
  priority: some(PRIORITIES),
  assignee: fc.option(fc.constantFrom('none', 'ada', 'bob', 'nobody'), { nil: undefined, freq: 1 }),
});
const requests = fc.record({
  facets: fc.oneof(fc.constant({}), facets),
  createdAfter: bound,
  createdBefore: bound,
  search: fc.option(
    fc.array(parts, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
    { nil: undefined, freq: 4 },
  ),
  ordering: fc.oneof(fc.constant('-created_at' as const), fc.constantFrom(...ORDERINGS)),
  pageSize: fc.constantFrom(1, 7, 25, 100),
});

describe('lists of tickets', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let session: Pick<Session, 'query'>;
  let all: NaiveTicket[];

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.connection);
    await client.connect();
    session = {
      query: async ({ text, values }) => (await client.query({ text, values: values ?? [] })).rows,
    };
    await client.query('insert into person (id, name) select id, upper(id) from unnest($1::text[]) id', [
      PEOPLE,
    ]);
    all = fc
      .sample(tickets, { numRuns: TICKETS, seed: SEED })
      .map((ticket, index) => ({ ...ticket, id: index + 1 }));
    await client.query(
      `insert into ticket
         (id, title, description, status, category, priority, assignee_id, created_at, updated_at)
       select id, title, description, status, category, priority, assignee,
         to_timestamp(created_at / 1000), to_timestamp(updated_at / 1000)
       from jsonb_to_recordset($1) t(id bigint, title text, description text, status text, category text,
         priority text, assignee text, created_at numeric, updated_at numeric) order by id`,
      [JSON.stringify(all)],
    );
    await client.query(`select setval(pg_get_serial_sequence('ticket', 'id'), $1)`, [TICKETS]);
    await client.query('analyze ticket, ticket_text');
    await client.query('select learn_ticket_text()');
  });

  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  const read = async (request: ListRequest) => {
    const page = await readTicketPage(request, naiveCounts(all), session);
    return { ...page, ids: page.rows.map(({ id }) => Number(id)) };
  };

  /** Reads the first pages forwards, each by number too, and back again; gives the number of matches. */
  const expectPages = async (request: Omit<ListRequest, 'from'>): Promise<number> => {
    const matches = naiveMatches(all, request);
    const pages = naivePages(matches, request.pageSize).slice(0, PAGES);
    const count = request.search === undefined ? matches.length : Math.min(matches.length, SEARCH_COUNT_MAX);
    let from: ListRequest['from'] = { offset: 0 };
    let previous: ListCursor | null = null;
    for (const [index, expected] of pages.entries()) {
      const { ids, ...page } = await read({ ...request, from });
      expect({ ids, count: page.count, exact: page.countExact }).toEqual({
        ids: expected,
        count,
        exact: count === matches.length,
      });
      expect(page.previous === null).toBe(index === 0);
      expect(page.next === null).toBe((index + 1) * request.pageSize >= matches.length);
      const byNumber = await read({ ...request, from: { offset: index * request.pageSize } });
      expect(byNumber.ids).toEqual(expected);
      previous = page.previous;
      if (page.next !== null) from = throughLink(page.next);
    }
    for (const expected of pages.slice(0, -1).reverse()) {
      const page = await read({ ...request, from: throughLink(previous!) });
      expect(page.ids).toEqual(expected);
      expect(page.next).not.toBeNull();
      previous = page.previous;
    }
    return matches.length;
  };

  it('give the pages and counts of a naive search, whatever is asked', async () => {
    const sizes: number[] = [];
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        sizes.push(await expectPages(request));
      }),
      { numRuns: 100, seed: SEED },
    );
    // It would be easy to be right about nothing.
    expect(sizes.filter((size) => size > SEARCH_COUNT_MAX).length).toBeGreaterThan(10);
    expect(sizes.filter((size) => size > 0 && size <= SEARCH_COUNT_MAX).length).toBeGreaterThan(30);
  });

  const base = { facets: {}, pageSize: 25, from: { offset: 0 } } as const;
  const titles = async (search: string) =>
    (await read({ ...base, search, ordering: '-created_at' })).rows.map(({ title }) => title);

  it.each([
    ['a word at the start', 'Zebra crossing', 'zebra', true],
    ['a part of a word', 'the zebrafish', 'brafi', true],
    ['any letter case, beyond ASCII too', 'ZÄBRA', 'zäbra', true],
    ['two letters at the start of a word', 'a (zq', 'zq', true],
    ['two letters after a dash', 'x–zq', 'zq', true],
    ['not two letters within a word', 'azq bzq', 'zq', false],
    ['every word, in any order', 'zebra one and zebu two', 'zebu zebra', true],
    ['not one word of two', 'zebra one', 'zebu zebra', false],
    ['a percent sign as itself', 'zebra 7%', 'zebra %', true],
    ['not a percent sign as anything', 'zebra 7', 'zebra %', false],
    ['not an underscore as any letter', 'zebra', 'z_bra', false],
    ['a backslash as itself', 'zebra\\path', 'a\\pa', true],
    ['not words that only a line apart makes one', 'zeb\nra', 'zebra', false],
  ])('search finds %s', async (_what, title, search, found) => {
    await client.query('begin');
    try {
      await client.query('insert into ticket (title, description) values ($1, $2)', [title, 'nothing else']);
      expect((await titles(search)).includes(title)).toBe(found);
    } finally {
      await client.query('rollback');
    }
  });

  it('keep the text when SQL writes past the api, as a replica too', async () => {
    const superuser = new pg.Client(database.superuser);
    await superuser.connect();
    try {
      await superuser.query('begin');
      await superuser.query('set local session_replication_role = replica');
      const found = async (word: string) =>
        (
          await superuser.query(
            `select id from ticket join unnest((find_tickets($1, '-infinity', 0, 'infinity', 9e18::bigint,
               null, null, null, null, null, true, 25, 500)).ids) hit on hit = id`,
            [word],
          )
        ).rowCount;
      await superuser.query(`insert into ticket (title, description) values ('okapi', 'x')`);
      expect(await found('okapi')).toBe(1);
      await superuser.query(`update ticket set description = 'quagga' where title = 'okapi'`);
      expect(await found('quagga okapi')).toBe(1);
      await superuser.query(`update ticket set title = 'gnu' where title = 'okapi'`);
      expect(await found('okapi')).toBe(0);
      await superuser.query(`delete from ticket where title = 'gnu'`);
      expect(await found('quagga')).toBe(0);
      const { rows } = await superuser.query(`select from ticket_text full join ticket on ticket_id = id
        where ticket_id is null or id is null`);
      expect(rows).toEqual([]);
    } finally {
      await superuser.query('rollback');
      await superuser.end();
    }
  });

  it('let a change of status, priority, category or assignee leave the text untouched', async () => {
    const version = `select ctid::text, xmin::text from ticket_text where ticket_id = 1`;
    const before = await client.query(version);
    await client.query('begin');
    await client.query(
      `update ticket set status = 'resolved', priority = 'high', category = 'billing', assignee_id = 'bob' where id = 1`,
    );
    expect((await client.query(version)).rows).toEqual(before.rows);
    await client.query(`update ticket set title = 'another' where id = 1`);
    expect((await client.query(version)).rows).not.toEqual(before.rows);
    await client.query('rollback');
  });
});

const throughLink = (cursor: ListCursor): ListCursor => {
  const decoded = decodeCursor(encodeCursor(cursor), cursor.ordering);
  expect(decoded).toEqual(cursor);
  return decoded!;
};
