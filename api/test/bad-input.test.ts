import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { problem as problemSchema, type Problem } from '../src/contract/problem.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { AGENT } from './support/sign-in.js';

const LONE_SURROGATE = 'half \ud83d of a pair';
const NUL = 'a\0b';

/** What no text field takes, whatever it is for. */
const NOT_TEXT: readonly unknown[] = [null, 7, 1.5, true, [], ['a'], {}, { $gt: '' }, NUL, LONE_SURROGATE];

interface Field {
  readonly name: string;
  readonly required?: boolean;
  readonly bad: readonly unknown[];
}

const text = (name: string, longest: number, required = false): Field => ({
  name,
  required,
  bad: [...NOT_TEXT, '', '   ', 'x'.repeat(longest + 1), '𝕏'.repeat(longest + 1)],
});
const oneOf = (name: string): Field => ({
  name,
  bad: [...NOT_TEXT, '', 'urgent!!', 'LOW', ' low', '__proto__'],
});
const opId: Field = { name: 'op_id', bad: [...NOT_TEXT, '', 'not-a-uuid', 'x'.repeat(300)] };
const wholeNumber = (name: string): Field => ({
  name,
  bad: [null, '1', 0, -1, 1.5, 1e99, 2 ** 31, true, [], {}, Number.MAX_SAFE_INTEGER],
});

const TITLE = text('title', 200, true);
const DESCRIPTION = text('description', 20_000, true);
const REQUESTER: Field = {
  name: 'requester',
  bad: [null, 'Ada', 7, [], {}, { name: 'Ada' }, { email: 'ada@example.com' }],
};

const GOOD_TICKET = {
  title: 'It is broken',
  description: 'Since yesterday',
  category: 'general',
  priority: 'low',
};

const BODIES: readonly {
  method: string;
  path: string;
  good: Record<string, unknown>;
  fields: readonly Field[];
}[] = [
  {
    method: 'POST',
    path: '/api/tickets',
    good: GOOD_TICKET,
    fields: [
      TITLE,
      DESCRIPTION,
      oneOf('category'),
      oneOf('priority'),
      REQUESTER,
      opId,
      { name: 'suggestion', bad: [null, 7, {}, 'forged', 'a.b', 'x'.repeat(5_000)] },
    ],
  },
  {
    method: 'PATCH',
    path: '/api/tickets/1',
    good: {},
    fields: [
      { ...TITLE, required: false },
      { ...DESCRIPTION, required: false },
      oneOf('category'),
      oneOf('priority'),
      oneOf('status'),
      { name: 'assignee', bad: [7, true, [], {}, NUL, LONE_SURROGATE, '', 'x'.repeat(65), 'nobody-here'] },
      wholeNumber('base_version'),
      opId,
    ],
  },
  {
    method: 'POST',
    path: '/api/tickets/classify',
    good: { description: 'It is broken' },
    fields: [DESCRIPTION],
  },
];

const LISTS = ['category', 'priority', 'status'].map((name) => ({
  name,
  bad: ['', 'open,', 'nope', ',', 'LOW', NUL, 'low;drop'],
}));
const MOMENTS = ['created_after', 'created_before'].map((name) => ({
  name,
  bad: ['', 'yesterday', '2026-13-01', '2026-02-30', '2026-01-01T25:00:00Z', '0', NUL],
}));
const NUMBERS = (name: string, tooMuch: string) => ({
  name,
  bad: ['', '0', '-1', '1.5', 'a', '1e3', tooMuch, '9'.repeat(30), NUL],
});
const CURSOR = {
  name: 'cursor',
  bad: ['', 'x', 'e30', NUL, '%', 'x'.repeat(600), Buffer.from('{"a":1}').toString('base64url')],
};

const QUERIES: readonly { path: string; fields: readonly { name: string; bad: readonly string[] }[] }[] = [
  {
    path: '/api/tickets',
    fields: [
      ...LISTS,
      ...MOMENTS,
      { name: 'assignee', bad: ['', NUL, 'x'.repeat(65)] },
      { name: 'search', bad: [NUL, 'x'.repeat(201)] },
      { name: 'ordering', bad: ['', 'id', '--created_at', 'created_at;', NUL] },
      NUMBERS('page', '99999999999'),
      NUMBERS('page_size', '101'),
      CURSOR,
    ],
  },
  {
    path: '/api/tickets/1/history',
    fields: [NUMBERS('page', '99999999999'), NUMBERS('page_size', '101'), CURSOR],
  },
  {
    path: '/api/events',
    fields: [
      { name: 'after', bad: ['', 'x', 'a.b.c', NUL, 'x'.repeat(300)] },
      { name: 'limit', bad: ['0', '-1', '1001', 'a', ''] },
      { name: 'wait', bad: ['-1', '31', 'a', ''] },
    ],
  },
  { path: '/api/tickets/stats', fields: [] },
  { path: '/api/tickets/1', fields: [] },
];

/** None of these may be a fault of ours, change anything, or leave unsaid which field is meant. */
describe('bad input', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection);
    sql = new pg.Client({ ...database.connection });
    await sql.connect();
    await sql.query(`insert into ticket (title, description) values ('The only one', 'Never to be changed')`);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  /** Everything that a write could have left behind. */
  const stored = async () => {
    const { rows } = await sql.query(`select
      (select json_agg(t order by id) from ticket t) as tickets,
      (select count(*) from event) as events, (select count(*) from operation) as operations,
      (select count(*) from ticket_text) as texts, (select count(*) from pgboss.job) as jobs`);
    return JSON.stringify(rows);
  };

  async function send(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ) {
    const response = await fetch(`${desk.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: {
        ...AGENT.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const content = await response.text();
    return { status: response.status, type: response.headers.get('content-type'), content };
  }

  /** The answer is a problem of this status that says nothing of our insides. */
  function problemOf(answer: Awaited<ReturnType<typeof send>>, ...statuses: number[]): Problem {
    expect(statuses).toContain(answer.status);
    expect(answer.type).toMatch(/^application\/problem\+json/);
    expect(answer.content).not.toMatch(
      /\bat .*\.(ts|js):|node_modules|select |insert |pg_|\/api\/(src|dist)/,
    );
    return problemSchema.parse(JSON.parse(answer.content));
  }

  /** A value in a test's name. */
  const named = (value: unknown) => (JSON.stringify(value) ?? 'absent').slice(0, 30);

  for (const { method, path, good, fields } of BODIES) {
    describe(`${method} ${path}`, () => {
      const cases = fields.flatMap(({ name, required, bad }) => [
        ...(required ? [[name, undefined] as const] : []),
        ...bad.map((value) => [name, value] as const),
      ]);
      it.each(cases.map(([name, value]) => [name, named(value), value] as const))(
        '%s: %s is a 400 that names it',
        async (name, _, value) => {
          const before = await stored();
          // JSON.stringify writes a lone surrogate as an escape, as a client would.
          const problem = problemOf(
            await send(method, path, JSON.stringify({ ...good, [name]: value })),
            400,
          );
          expect(problem.errors?.some(({ field }) => field === name || field.startsWith(`${name}.`))).toBe(
            true,
          );
          expect(await stored()).toBe(before);
        },
      );

      it('an unknown field is a 400 that names it', async () => {
        const before = await stored();
        for (const body of [
          '{"surprise":1}',
          '{"__proto__":{"admin":true}}',
          '{"constructor":1}',
          '{"id":5}',
          '{"version":9}',
        ]) {
          const merged = `${JSON.stringify(good).slice(0, -1)}${Object.keys(good).length > 0 ? ',' : ''}${body.slice(1)}`;
          const problem = problemOf(await send(method, path, merged), 400);
          expect(problem.errors?.map(({ field }) => field)).toContain(
            Object.keys(JSON.parse(body) as object)[0],
          );
        }
        expect(await stored()).toBe(before);
      });

      it('what is not a JSON object is a problem', async () => {
        const before = await stored();
        for (const body of ['{', 'null', '[]', '7', '"text"', '{"title":', '\u0000', '['.repeat(50_000)]) {
          problemOf(await send(method, path, body), 400);
        }
        problemOf(await send(method, path, JSON.stringify({ description: 'x'.repeat(300_000) })), 413);
        problemOf(await send(method, path, JSON.stringify(good), { 'content-type': 'text/plain' }), 415);
        problemOf(
          await send(method, path, JSON.stringify(good), {
            'content-type': 'application/x-www-form-urlencoded',
          }),
          415,
        );
        expect(await stored()).toBe(before);
      });
    });
  }

  it('a body that is packed, coded or nested oddly is a problem or just a body', async () => {
    const before = await stored();
    const path = '/api/tickets';
    const bomb = JSON.stringify({ ...GOOD_TICKET, description: ' '.repeat(50_000_000) });
    const packed = (content: string) => new Uint8Array(gzipSync(content));
    problemOf(await send('POST', path, packed(bomb), { 'content-encoding': 'gzip' }), 413);
    problemOf(await send('POST', path, '{"title":"not packed"}', { 'content-encoding': 'gzip' }), 400);
    problemOf(await send('POST', path, '{}', { 'content-encoding': 'rot13' }), 415);
    problemOf(await send('POST', path, '{}', { 'content-type': 'application/json; charset=latin1' }), 415);
    problemOf(await send('POST', path, new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400);
    const deep = `{"requester":${'{"name":'.repeat(20_000)}1${'}'.repeat(20_000)},"title":[${'['.repeat(40_000)}${']'.repeat(40_001)}}`;
    problemOf(await send('POST', path, deep), 400);
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, i]));
    expect(problemOf(await send('POST', path, JSON.stringify(many)), 400).errors).toHaveLength(100);
    expect(await stored()).toBe(before);
    // The control: packed well, it is taken.
    const taken = await send('POST', path, packed(JSON.stringify(GOOD_TICKET)), {
      'content-encoding': 'gzip',
    });
    expect(taken.status).toBe(201);
  });

  it('a body where none belongs is a problem that names its fields', async () => {
    const { id } = JSON.parse((await send('POST', '/api/tickets', JSON.stringify(GOOD_TICKET))).content) as {
      id: number;
    };
    const before = await stored();
    for (const [method, path] of [
      ['POST', `/api/tickets/${id}/claim`],
      ['DELETE', `/api/tickets/${id}/`],
      ['POST', '/api/people/agent/password-link'],
    ] as const) {
      const problem = problemOf(await send(method, path, '{"a":1,"b":{}}'), 400);
      expect(problem.errors?.map(({ field }) => field)).toEqual(['a', 'b']);
      problemOf(await send(method, path, '[1]'), 400);
    }
    expect(await stored()).toBe(before);
    expect((await send('POST', `/api/tickets/${id}/claim`, '{}')).status).toBe(200);
  });

  it('names the fields within the requester', async () => {
    for (const [requester, field] of [
      [{ name: '', email: 'ada@example.com' }, 'requester.name'],
      [{ name: 'x'.repeat(201), email: 'ada@example.com' }, 'requester.name'],
      [{ name: 'Ada', email: 'no address' }, 'requester.email'],
      [{ name: 'Ada', email: NUL }, 'requester.email'],
      [{ name: 'Ada', email: 'ada@example.com', admin: true }, 'requester.admin'],
    ] as const) {
      const problem = problemOf(
        await send('POST', '/api/tickets', JSON.stringify({ ...GOOD_TICKET, requester })),
        400,
      );
      expect(problem.errors?.map((error) => error.field)).toContain(field);
    }
  });

  for (const { path, fields } of QUERIES) {
    describe(`GET ${path}`, () => {
      const cases = fields.flatMap(({ name, bad }) =>
        bad.map((value) => [name, named(value), value] as const),
      );
      if (cases.length > 0) {
        it.each(cases)('%s=%s is a 400 that names it', async (name, _, value) => {
          const problem = problemOf(await send('GET', `${path}?${name}=${encodeURIComponent(value)}`), 400);
          expect(problem.errors?.map(({ field }) => field)).toContain(name);
        });
        it('a parameter given twice is a 400 that names it', async () => {
          for (const { name } of fields) {
            const problem = problemOf(await send('GET', `${path}?${name}=1&${name}=2`), 400);
            expect(problem.errors?.map(({ field }) => field)).toContain(name);
          }
        });
      }
      it('an unknown parameter is a 400 that names it', async () => {
        for (const name of ['surprise', 'Status', 'a[b]', '__proto__']) {
          const problem = problemOf(await send('GET', `${path}?${encodeURIComponent(name)}=1`), 400);
          expect(problem.errors?.some(({ field }) => field === name)).toBe(true);
        }
      });
      it('broken escapes are no fault of ours', async () => {
        expect((await send('GET', `${path}?x=%zz`)).status).toBe(400);
        expect((await send('GET', `${path}?search=%ff%fe`)).status).toBeLessThan(500);
      });
    });
  }

  it.each([
    'abc',
    '0',
    '-1',
    '1.5',
    '1e3',
    '99999999999999999999',
    '%00',
    '%F0%9F%98%80',
    "1'--",
    '__proto__',
  ])('the ticket "%s" is a 400 that names id', async (id) => {
    for (const [method, path, body] of [
      ['GET', `/api/tickets/${id}`],
      ['PATCH', `/api/tickets/${id}`, '{"status":"open"}'],
      ['DELETE', `/api/tickets/${id}`],
      ['GET', `/api/tickets/${id}/history`],
    ] as const) {
      const problem = problemOf(await send(method, path, body), 400);
      expect(problem.errors?.map(({ field }) => field)).toContain('id');
    }
  });

  it('a path that cannot be decoded, a route that is not there, and a wrong method are problems', async () => {
    problemOf(await send('GET', '/api/tickets/%zz'), 400);
    problemOf(await send('GET', '/api/nothing'), 404);
    problemOf(await send('GET', '/api/tickets/1/nothing'), 404);
    problemOf(await send('GET', '/api/tickets/999999'), 404);
    problemOf(await send('PUT', '/api/tickets', '{}'), 404, 405);
    problemOf(await send('DELETE', '/api/tickets'), 404, 405);
  });

  it('headers that make no sense are problems', async () => {
    problemOf(await send('PATCH', '/api/tickets/1', '{"status":"open"}', { 'if-match': 'seven' }), 400, 412);
    problemOf(
      await send('POST', '/api/tickets', JSON.stringify(GOOD_TICKET), { 'idempotency-key': 'x'.repeat(300) }),
      400,
    );
    problemOf(
      await send('POST', '/api/tickets', JSON.stringify({ ...GOOD_TICKET, op_id: crypto.randomUUID() }), {
        'idempotency-key': 'another',
      }),
      400,
    );
  });

  it('paths work with and without a slash at the end', async () => {
    for (const path of [
      '/api/tickets',
      '/api/tickets/1',
      '/api/tickets/stats',
      '/api/events',
      '/api/health/live',
    ]) {
      expect((await send('GET', path)).status).toBe(200);
      expect((await send('GET', `${path}/`)).status).toBe(200);
    }
  });

  it('the control: good input is taken', async () => {
    expect((await send('POST', '/api/tickets', JSON.stringify(GOOD_TICKET))).status).toBe(201);
    expect((await send('PATCH', '/api/tickets/1', '{"title":"Changed after all"}')).status).toBe(200);
  });
});
