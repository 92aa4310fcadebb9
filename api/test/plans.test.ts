import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { ListFacets, ListRequest } from '../src/tickets/list-request.js';
import { readTicketPage } from '../src/tickets/ticket-list.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';

const TICKETS = 100_000;
const WORDS = ['invoice', 'refund', 'login', 'timeout', 'export', 'browser', 'keyboard', 'invitation'];

/** One in `n` tickets, evenly: the share that a word or a facet has. */
const every = (n: number) => `case when i % ${n} = 0 then`;

const facets = {
  status: `case when i > ${TICKETS - 3_000} then 'open' when i % 20 = 0 then 'resolved' else 'closed' end`,
  category: `(array['billing', 'technical', 'account', 'general'])[1 + i % 4]`,
  priority: `${every(50)} 'critical' when i % 3 = 0 then 'high' else 'low' end`,
  assignee: `${every(7)} null else 'p' || i % 40 end`,
};

/** What is asked for, and the shape of the answer that shows that the rows are there at all. */
const requests: [string, Partial<ListRequest>, number][] = [
  ['the newest', {}, 25],
  ['the oldest', { ordering: 'created_at' }, 25],
  ['the last changed', { ordering: '-updated_at' }, 25],
  ['the most urgent', { ordering: '-priority' }, 25],
  ['a deep page', { from: { offset: 60_000 } }, 25],
  ['since a moment', { createdAfter: new Date(Date.UTC(2026, 5, 1)) }, 25],
  ...['open', 'resolved', 'closed'].flatMap((status): [string, Partial<ListRequest>, number][] => [
    [`status ${status}`, { facets: { status: [status] } as ListFacets }, 25],
    [
      `status ${status}, oldest change`,
      { facets: { status: [status] } as ListFacets, ordering: 'updated_at' },
      25,
    ],
  ]),
  ['what nobody has', { facets: { assignee: 'none' } }, 25],
  ['what nobody has and is critical', { facets: { assignee: 'none', priority: ['critical'] } }, 25],
  ["a person's", { facets: { assignee: 'p3' } }, 25],
  [
    "a person's open ones by urgency",
    { facets: { assignee: 'p3', status: ['open'] }, ordering: '-priority' },
    25,
  ],
  ["nobody's of a combination", { facets: { category: ['account'], priority: ['medium'] } }, 0],
  ['a rare word', { search: 'zyxomatic' }, 10],
  ['a word in every thousandth', { search: 'kubernetes' }, 25],
  ['a word in every hundredth', { search: 'chargeback' }, 25],
  ['a common word', { search: 'invoice' }, 25],
  ['two letters', { search: 'xq' }, 25],
  ['one sign', { search: '%' }, 25],
  ['nothing', { search: 'absent' }, 0],
  ['a word, oldest first', { search: 'chargeback', ordering: 'created_at' }, 25],
  ['a word, by urgency', { search: 'invoice', ordering: '-priority' }, 25],
  ['a word and a status', { search: 'invoice', facets: { status: ['open'] } }, 25],
  ['a word and a frequent status', { search: 'refund', facets: { status: ['closed'] } }, 25],
  ['a word and a person', { search: 'invoice', facets: { assignee: 'p8' }, ordering: '-updated_at' }, 25],
];

/** What the trigger would have written, for the tickets from an id on. */
const textsFrom = (id: number) => `insert into ticket_text (ticket_id, created_at, search, spans, marks)
  select id, created_at, ' ' || folded, ticket_text_spans(created_at), ticket_text_marks(folded)
  from ticket, lateral (select ticket_text_fold(title) || ' ' || ticket_text_fold(description) as folded) t
  where id >= ${id}`;

describe('lists at 100,000 tickets', () => {
  let database: TestDatabase;
  let client: pg.Client;
  const count = new Map<string, number>();

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.connection);
    await client.connect();
    // Without triggers, or the log of 100,000 creations would be most of the work.
    await client.query(`alter table ticket disable trigger user;
      insert into person (id, name) select 'p' || i, 'Person ' || i from generate_series(0, 39) i;
      insert into ticket (title, description, status, category, priority, assignee_id, created_at, updated_at)
      select (array['${WORDS.join("','")}'])[1 + i % ${WORDS.length}] || ' fails',
        concat_ws(' ', 'Ticket', i, ${every(10_000)} 'zyxomatic' end, ${every(1_000)} 'kubernetes' end,
          ${every(100)} 'chargeback' end, ${every(200)} 'xqa' end, ${every(300)} '50%' end),
        ${facets.status}, ${facets.category}, ${facets.priority}, ${facets.assignee},
        timestamptz '2026-11-21' - (${TICKETS} - i) * interval '10 minutes', now() - (i * 7919 % ${TICKETS}) * interval '1 s'
      from generate_series(1, ${TICKETS}) i;
      ${textsFrom(1)};
      analyze ticket, ticket_text, person`);
    const { rows } = await client.query<Record<string, string> & { n: number }>(
      `select status, category, priority, coalesce(assignee_id, 'none') as assignee, count(*)::int as n
       from ticket group by 1, 2, 3, 4`,
    );
    for (const { status, category, priority, assignee, n } of rows)
      count.set([status, category, priority, assignee].join(), n);
  }, 120_000);

  afterAll(async () => {
    await client?.end();
    await database?.drop();
  });

  const counts = {
    count: ({ status, category, priority, assignee }: ListFacets) => {
      const wanted = [status, category, priority, assignee === undefined ? undefined : [assignee]];
      const has = (key: string) =>
        key
          .split(',')
          .every((value, index) => (wanted[index] as string[] | undefined)?.includes(value) ?? true);
      return [...count].reduce((sum, [key, n]) => (has(key) ? sum + n : sum), 0);
    },
    // None of the plans rests on it.
    createdOn: () => 0,
  };

  /** Sequential scans of the two tables so far, those within functions too. */
  const scans = async () => {
    await client.query('select pg_stat_force_next_flush()');
    const { rows } = await client.query<{ n: number }>(
      `select sum(seq_scan)::int as n from pg_stat_user_tables where relname in ('ticket', 'ticket_text')`,
    );
    return rows[0]!.n;
  };

  it.each(requests)('give %s without reading a table from end to end', async (_what, request, rows) => {
    let statements = 0;
    const before = await scans();
    const page = await readTicketPage(
      { facets: {}, ordering: '-created_at', pageSize: 25, from: { offset: 0 }, ...request },
      counts,
      {
        query: async ({ text, values }) => {
          statements += 1;
          return (await client.query({ text, values: values ?? [] })).rows;
        },
      },
    );
    expect({ scans: (await scans()) - before, rows: page.rows.length }).toEqual({ scans: 0, rows });
    expect(statements).toBeLessThanOrEqual(3);
  });

  it('would notice a table that is read from end to end', async () => {
    const before = await scans();
    await client.query(`select count(*) from ticket where description like '%fails%'`);
    expect(await scans()).toBeGreaterThan(before);
  });

  /** Reads of the text's index so far, and how many tickets they found there. */
  const lookUps = async () => {
    await client.query('select pg_stat_force_next_flush()');
    const { rows } = await client.query<{ reads: number; found: number }>(
      `select idx_scan::int as reads, idx_tup_read::int as found
       from pg_stat_user_indexes where indexrelname = 'ticket_text_search'`,
    );
    return rows[0]!;
  };

  const mornings = [
    ['the first ten tickets', 10],
    ['a burst of tickets', 400],
  ] as const;
  const words = [
    ['every ticket', 'fails'],
    ['every eighth', 'invoice'],
    ['every hundredth', 'chargeback'],
  ] as const;
  const cases = mornings.flatMap(([morning, tickets]) =>
    words.map(([share, word]) => [share, morning, word, tickets] as const),
  );

  it.each(cases)(
    'look up little for a word in %s, %s after a quiet night',
    async (_share, _morning, word, tickets) => {
      // As many hold the word in the morning as did before.
      const texts = `concat_ws(' ', case when i % 8 = 0 then 'invoice' end, case when i % 100 = 0 then 'chargeback' end, 'fails')`;
      const newest = `insert into ticket (title, description, status, category, priority, created_at)
      select ${texts}, 'x', 'open', 'billing', 'low', timestamptz '2026-11-22 06:00' + i * interval '200 ms'
      from generate_series(1, ${tickets}) i`;
      try {
        await client.query(`${newest}; ${textsFrom(TICKETS + 1)}`);
        const before = await lookUps();
        const request = { facets: {}, ordering: '-created_at', pageSize: 25, from: { offset: 0 } } as const;
        const page = await readTicketPage({ ...request, search: word }, counts, {
          query: async ({ text, values }) => (await client.query({ text, values: values ?? [] })).rows,
        });
        const after = await lookUps();
        expect(page).toMatchObject({ count: 500, countExact: false });
        expect(after.reads - before.reads).toBeLessThanOrEqual(5);
        expect(after.found - before.found).toBeLessThan(1_200);
      } finally {
        await client.query(`delete from ticket_text where ticket_id > ${TICKETS};
        delete from ticket where id > ${TICKETS}`);
      }
    },
  );
});
