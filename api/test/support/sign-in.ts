import { createHash, randomBytes } from 'node:crypto';

import pg from 'pg';

import type { Role, Scope } from '../../src/contract/access.js';
import type { DatabaseConnection } from '../../src/database/connection.js';

type Headers = Readonly<Record<string, string>>;

/** Somebody with a way in. */
export interface Member {
  readonly id: string;
  readonly name: string;
  /** For `fetch`, as a page of the desk would send them. */
  readonly headers: Headers;
  /** For the handshake of a socket; its `Origin` must be added. */
  readonly cookie: string;
}

const cookieOf = (secret: string) => `signalbox.session_token=${secret}`;
const headersOf = (secret: string): Headers => ({
  cookie: cookieOf(secret),
  'sec-fetch-site': 'same-origin',
});

/** Is in every test database from the beginning, an administrator with an open session. */
export const AGENT: Member = {
  id: 'agent',
  name: 'Agent',
  headers: headersOf('the-session-of-the-agent-of-tests'),
  cookie: cookieOf('the-session-of-the-agent-of-tests'),
};

/** Makes AGENT, and leaves no trace of that in the log. For the template of all test databases. */
export async function addAgent(connection: DatabaseConnection): Promise<void> {
  await withClient(connection, async (client) => {
    await client.query(
      `insert into person (id, name, email, role) values ($1, $2, 'agent@example.com', 'admin')`,
      [AGENT.id, AGENT.name],
    );
    await client.query(
      `insert into account (id, account_id, provider_id, person_id) values ('agent', $1, 'credential', $1)`,
      [AGENT.id],
    );
    await openSession(client, AGENT.id, 'the-session-of-the-agent-of-tests');
    await client.query('delete from event');
  });
}

/** A new person with an open session, made past all passwords. */
export function signIn(
  connection: DatabaseConnection,
  { name = 'Ann', role = 'agent' }: { name?: string; role?: Role } = {},
): Promise<Member> {
  return withClient(connection, async (client) => {
    const secret = randomBytes(24).toString('base64url');
    const { rows } = await client.query<{ id: string }>(
      `insert into person (name, role, email) values ($1, $2, gen_random_uuid() || '@example.com') returning id`,
      [name, role],
    );
    const { id } = rows[0]!;
    await openSession(client, id, secret);
    return { id, name, headers: headersOf(secret), cookie: cookieOf(secret) };
  });
}

/** A token of `person`; its secret and its headers. */
export function makeToken(
  connection: DatabaseConnection,
  person: Pick<Member, 'id'>,
  scopes: readonly Scope[],
): Promise<{ id: string; token: string; headers: Headers }> {
  return withClient(connection, async (client) => {
    const token = `sbx_${randomBytes(32).toString('base64url')}`;
    const { rows } = await client.query<{ id: string }>(
      `insert into api_token (hash, name, scopes, person_id) values ($1, 'a script', $2, $3) returning id`,
      [createHash('sha256').update(token).digest(), scopes, person.id],
    );
    return { id: rows[0]!.id, token, headers: { authorization: `Bearer ${token}` } };
  });
}

/** A display; the secret of its link and the headers of a screen that opened it. */
export function makeDisplay(
  connection: DatabaseConnection,
): Promise<{ id: string; secret: string; headers: Headers; cookie: string }> {
  return withClient(connection, async (client) => {
    const secret = `sbd_${randomBytes(32).toString('base64url')}`;
    const { rows } = await client.query<{ id: string }>(
      `insert into display (hash, name) values ($1, 'a screen') returning id`,
      [createHash('sha256').update(secret).digest()],
    );
    const cookie = `signalbox.display=${secret}`;
    return { id: rows[0]!.id, secret, headers: { cookie, 'sec-fetch-site': 'same-origin' }, cookie };
  });
}

/** Signs in as people do. @throws when it is refused */
export async function signInByPassword(
  url: string,
  credentials: { email: string; password: string },
): Promise<Headers> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`Not signed in: ${await response.text()}`);
  return { cookie, 'sec-fetch-site': 'same-origin' };
}

async function openSession(client: pg.Client, personId: string, secret: string): Promise<void> {
  await client.query(
    `insert into session (id, token, person_id, expires_at)
     values (gen_random_uuid()::text, $1, $2, now() + interval '1 day')`,
    [secret, personId],
  );
}

async function withClient<Answer>(
  connection: DatabaseConnection,
  work: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
