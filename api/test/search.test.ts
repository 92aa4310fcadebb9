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
import { naivePages, type NaiveTicket, naiveCounts, naiveMatches } from './support/naive-list.js';

const SEED = 20261121;
const PEOPLE = ['ada', 'bob'];
const WORDS = [
  ...[
    'login',
    'Logout',
    'ÄRGER',
    'ärgerlich',
    'straße',
    'ΟΔΟΣ',
    'οδοστρωτήρας',
    'Платёж',
    'платить',
    '東京都',
    '日本',
  ],
  ...[
    '50%',
    '%',
    '_',
    'a_b',
    'ab',
    'abc',
    'x-abc',
    '(abc)',
    'C++',
    'C#',
    '\\',
    'C:\\temp',
    '!!',
    '!!!',
    "don't",
    '–ab',
  ],
  ...['„Über“', '🔥', '🔥🔥', 'é', 'v2', '2nd', 'b', '---', 'a.b', '\u001fq', 'İ'],
];
const GAPS = [' ', ' ', ' ', '\n', '\t', '  ', ', ', '. ', '-', '/', '\u00a0', '\u2003', ''];

const texts = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...GAPS)), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.flat().join(''));
const moments = fc.oneof(
  fc.constant(Date.UTC(2026, 5, 1)),
  fc.integer({ min: 0, max: 300 }).map((hours) => Date.UTC(2026, 0, 1) + hours * 3_600_000),
  fc.integer({ min: 0, max: 90_000_000 }).map((seconds) => Date.UTC(2024, 0, 1) + seconds * 1000 + 137),
  fc.constantFrom(Date.UTC(1956, 1, 29), Date.UTC(2150, 0, 1)),
);
const tickets: fc.Arbitrary<Omit<NaiveTicket, 'id'>> = fc.record({
  title: texts.map((text) => [...text.trim(), 'x'].slice(0, 200).join('')),
  description: texts,
  status: fc.constantFrom(...STATUSES, 'closed', 'closed', 'closed'),
  category: fc.constantFrom(...CATEGORIES),
  priority: fc.constantFrom(...PRIORITIES, 'low', 'low'),
  assignee: fc.constantFrom(null, null, ...PEOPLE),
  created_at: moments,
  updated_at: moments,
});

const some = <Value>(all: readonly Value[]) =>
  fc.option(fc.subarray([...all], { minLength: 1 }), { nil: undefined, freq: 2 });
const parts = fc.tuple(fc.constantFrom(...WORDS), fc.nat(4), fc.nat(6)).map(
  ([word, start, length]) =>
    [...word]
      .slice(start)
      .slice(0, length + 1)
      .join('') || word,
);
const searches = fc.array(parts, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const bound = fc.option(
  moments.map((at) => new Date(at)),
  { nil: undefined, freq: 1 },
);
const requests = fc.record({
  facets: fc.record({
    status: some(STATUSES),
    category: some(CATEGORIES),
    priority: some(PRIORITIES),
    assignee: fc.option(fc.constantFrom('none', 'ada', 'bob', 'nobody'), { nil: undefined, freq: 1 }),
  }),
  createdAfter: bound,
  createdBefore: bound,
  search: fc.option(searches, { nil: undefined, freq: 4 }),
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
    await client.query(`insert into person (id, name) select id, upper(id) from unnest($1::text[]) id`, [
      PEOPLE,
    ]);
    all = fc
      .sample(tickets, { numRuns: 1_500, seed: SEED })
      .map((ticket, index) => ({ ...ticket, id: index + 1 }));
    await client.query(
      `insert into ticket (id, title, description, status, category, priority, assignee_id, created_at, updated_at)
       select id, title, description, status, category, priority, assignee, to_timestamp(created_at / 1000),
         to_timestamp(updated_at / 1000)
       from jsonb_to_recordset($1) t(id bigint, title text, description text, status text, category text,
         priority text, assignee text, created_at numeric, updated_at numeric)`,
      [JSON.stringify(all)],
    );
  });

  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  const read = (request: ListRequest) => readTicketPage(request, naiveCounts(all), session);
  const ids = (page: { rows: readonly { id: string }[] }) => page.rows.map(({ id }) => Number(id));

  const expectPages = async (request: Omit<ListRequest, 'from'>) => {
    const matches = naiveMatches(all, request);
    const pages = naivePages(matches, request.pageSize).slice(0, 12);
    const count = request.search === undefined ? matches.length : Math.min(matches.length, SEARCH_COUNT_MAX);
    let from: ListRequest['from'] = { offset: 0 };
    let previous: ListCursor | null = null;
    for (const [index, expected] of pages.entries()) {
      const page = await read({ ...request, from });
      expect({ ids: ids(page), count: page.count, exact: page.countExact }).toEqual({
        ids: expected,
        count,
        exact: count === matches.length,
      });
      const byNumber = await read({ ...request, from: { offset: index * request.pageSize } });
      expect(ids(byNumber)).toEqual(expected);
      expect(page.previous === null).toBe(index === 0);
      previous = page.previous;
      if (page.next === null) break;
      from = decodeCursor(encodeCursor(page.next), request.ordering)!;
    }
    for (const expected of pages.slice(0, -1).reverse()) {
      const page = await read({ ...request, from: previous! });
      expect(ids(page)).toEqual(expected);
      expect(page.next).not.toBeNull();
      previous = page.previous;
    }
  };

  it('give the pages and counts of a naive search, whatever is asked', async () => {
    await fc.assert(fc.asyncProperty(requests, expectPages), { numRuns: 150, seed: SEED });
  });
});
