import type { AddressInfo } from 'node:net';

import type { LoggerService } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { createApp } from '../src/app.js';
import { readEnvironment } from '../src/config/environment.js';
import type { CreatedApiToken, CreatedDisplay } from '../src/contract/credentials.js';
import type { Invitation, PasswordLink } from '../src/contract/people.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { RestClient } from './support/rest-client.js';

const PASSWORD = 'a password that nobody may see';

/** Keeps all that is logged, at every level. */
function recorder(): { logger: LoggerService; lines: string[] } {
  const lines: string[] = [];
  const log = (...parts: unknown[]) => void lines.push(parts.map(String).join(' '));
  return { logger: { log, error: log, warn: log, debug: log, verbose: log, fatal: log }, lines };
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
    const { logger, lines } = recorder();
    const environment = readEnvironment({ LOG_LEVEL: 'trace' });
    const app = await createApp(environment, database.connection, {
      logger,
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
      expect(told[2]).toContain('Mapped {/api/people');
    } finally {
      await app.close();
    }
  });
});
