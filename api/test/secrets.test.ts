import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Logger } from 'pino';

import { createApp } from '../src/app.js';
import { readEnvironment } from '../src/config/environment.js';
import type { CreatedApiToken, CreatedDisplay } from '../src/contract/credentials.js';
import type { Invitation, PasswordLink } from '../src/contract/people.js';
import { createLog } from '../src/logging/create-log.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { connectSocket } from './support/feed-client.js';
import { found, word } from './support/planted-secrets.js';
import { RestClient } from './support/rest-client.js';

const PASSWORD = 'a password that nobody may see';

/** Keeps all that is logged, at every level. */
function recorder(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return { log: createLog('trace', { write: (line) => void lines.push(line) }), lines };
}

describe('secrets', () => {
  let database: TestDatabase;
  let sql: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
  });
  afterAll(async () => {
    await sql.end();
    await database.drop();
  });

  /** Every row of every table, as text. */
  async function dump(): Promise<string> {
    const { rows: tables } = await sql.query<{ name: string }>(
      `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables`,
    );
    const dumped: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql.query<{ row: string }>(`select t::text as row from ${name} t`);
      dumped.push(...rows.map(({ row }) => row));
    }
    return dumped.join('\n');
  }

  it('that are shown once are in no table, no list and no log line', async () => {
    const { log, lines } = recorder();
    const environment = readEnvironment({ LOG_LEVEL: 'trace' });
    const app = await createApp(environment, database.connection, {
      log,
      eventLog: { fsyncMayBeOff: true },
    });
    try {
      await app.listen(0, '127.0.0.1');
      const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
      const [admin, nobody] = [new RestClient(url), new RestClient(url, {})];
      const fragment = (link: string) => new URL(link).hash.slice(1);

      const person = { name: 'Ida', email: 'ida@example.com', role: 'agent' };
      const invited = (await admin.post<Invitation>('/api/people', person)).body;
      const password = { token: fragment(invited.link.url), password: PASSWORD };
      expect((await nobody.post('/api/auth/reset-password', password)).status).toBe(204);
      const credentials = { email: person.email, password: PASSWORD };
      expect((await nobody.post('/api/auth/sign-in/email', credentials)).status).toBe(200);
      const reset = await admin.post<PasswordLink>(`/api/people/${invited.person.id}/password-link`, {});
      const token = await admin.post<CreatedApiToken>('/api/tokens', { name: 'x', scopes: ['admin'] });
      const bearer = { authorization: `Bearer ${token.body.token}` };
      expect((await nobody.get('/api/people', bearer)).status).toBe(200);
      const display = await admin.post<CreatedDisplay>('/api/displays', { name: 'Lobby' });
      const opened = { token: fragment(display.body.url) };
      expect((await nobody.post('/api/displays/open', opened)).status).toBe(200);

      const secrets = [
        PASSWORD,
        ...[password.token, fragment(reset.body.url), token.body.token, opened.token].map((secret) =>
          secret.replace(/^sb\w_/, ''),
        ),
      ];
      expect(secrets.every((secret) => secret.length >= 30)).toBe(true);
      const lists = await Promise.all(
        ['people', 'tokens', 'displays', 'audit', 'settings', 'classification'].map((path) =>
          admin.get(`/api/${path}`),
        ),
      );
      const told = [await dump(), JSON.stringify(lists.map(({ body }) => body)), lines.join('\n')];
      for (const secret of secrets) {
        const bytes = Buffer.from(secret).toString('hex');
        for (const text of told) {
          expect(text).not.toContain(secret);
          expect(text).not.toContain(bytes);
        }
      }
      // What was searched is what should be.
      expect(told[0]).toContain('ida@example.com');
      expect(told[1]).toContain('Lobby');
      expect(told[2]).toContain('"route":"listPeople"');
    } finally {
      await app.close();
    }
  });

  it('that people write or look for, and what they get wrong, are in no log line', async () => {
    const { log, lines } = recorder();
    const environment = readEnvironment({ LOG_LEVEL: 'trace' });
    const app = await createApp(environment, database.connection, { log, eventLog: { fsyncMayBeOff: true } });
    try {
      await app.listen(0, '127.0.0.1');
      const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
      const [admin, nobody] = [new RestClient(url), new RestClient(url, {})];
      const secrets = Object.fromEntries(
        [
          'title',
          'text',
          'requester',
          'comment',
          'search',
          'path',
          'field',
          'token',
          'password',
          'socket',
        ].map((name) => [name, word()]),
      );
      const { id } = await admin.create({
        title: secrets['title'],
        description: secrets['text'],
        requester: { name: secrets['requester'], email: `${secrets['requester']}@example.com` },
      });
      await admin.post(`/api/tickets/${id}/comments`, { body: secrets['comment'], internal: true });
      await admin.post('/api/tickets/classify', { description: secrets['text'] });
      const answers = await Promise.all([
        admin.get(`/api/tickets?search=${secrets['search']}`),
        admin.get(`/api/tickets?status=${secrets['search']}&${secrets['field']}=1`),
        admin.get(`/api/events/log?search=${secrets['search']}`),
        admin.get(`/api/${secrets['path']}?${secrets['field']}=${secrets['search']}`),
        admin.get(`/api/tickets/${secrets['path']}`),
        admin.patch(`/api/tickets/${id}`, { [secrets['field']!]: secrets['text'] }),
        nobody.send('POST', '/api/tickets', `{"title": ${secrets['text']}`, {
          'content-type': 'application/json',
        }),
        nobody.get('/api/tickets', { authorization: `Bearer ${secrets['token']}` }),
        nobody.post('/api/auth/sign-in/email', {
          email: `${secrets['requester']}@example.com`,
          password: secrets['password'],
        }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 400, 200, 404, 400, 400, 400, 401, 401]);
      const socket = connectSocket(url, { token: secrets['socket']! });
      await new Promise<void>((resolve) => void socket.once('connect_error', () => resolve()));
      socket.disconnect();

      const told = lines.join('\n');
      expect(found(secrets as Record<string, string>, told)).toEqual([]);
      // Each call is there, by its name and by who made it.
      const requests = lines
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ route }) => route);
      expect(requests).toHaveLength(12);
      expect(requests[0]).toMatchObject({
        route: 'createTicket',
        status: 201,
        method: 'POST',
        actor: { kind: 'person' },
      });
      expect(requests.map(({ request_id }) => request_id)).toContain(answers[0].headers.get('x-request-id'));
    } finally {
      await app.close();
    }
  });

  it('names requests as they were named, unless that is no name', async () => {
    const { log, lines } = recorder();
    const environment = readEnvironment();
    const app = await createApp(environment, database.connection, { log, eventLog: { fsyncMayBeOff: true } });
    try {
      await app.listen(0, '127.0.0.1');
      const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
      const named = async (name: string) =>
        (await fetch(`${url}/api/session`, { headers: { 'x-request-id': name } })).headers.get(
          'x-request-id',
        );
      expect(await named('proxy-42:a.b')).toBe('proxy-42:a.b');
      for (const bad of ['', 'a b', '{"x":1}', 'x'.repeat(129)])
        expect(await named(bad)).toMatch(/^[0-9a-f-]{36}$/);
      expect(lines.join('\n')).toContain('"request_id":"proxy-42:a.b"');
    } finally {
      await app.close();
    }
  });
});
