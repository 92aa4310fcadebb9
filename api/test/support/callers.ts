import { randomUUID } from 'node:crypto';

import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { AGENT, makeDisplay, makeToken, signIn } from './sign-in.js';

/** Headers of a request that say who sends it. */
export type CallerHeaders = Readonly<Record<string, string>>;

/**
 * What a caller is worth, by the columns of contract.md's "Who may do what". `nothing` is known and may do nothing;
 * `refused` shows a token that is none.
 */
export type Worth =
  | 'requester'
  | 'display'
  | 'agent'
  | 'admin'
  | 'tickets:read'
  | 'tickets:write'
  | 'admin token'
  | 'nothing'
  | 'refused';

interface Caller {
  readonly worth: Worth;
  /** Somebody new of this kind. */
  readonly make: (connection: DatabaseConnection) => Promise<CallerHeaders>;
}

type Connection = DatabaseConnection;
type Scopes = Parameters<typeof makeToken>[2];

const agent = (connection: Connection) => signIn(connection, { role: 'agent' });
const admin = (connection: Connection) => signIn(connection, { role: 'admin' });
const token = async (connection: Connection, maker: typeof agent, scopes: Scopes) =>
  makeToken(connection, await maker(connection), scopes);

const tokenOf =
  (maker: typeof agent, ...scopes: Scopes) =>
  async (connection: Connection) =>
    (await token(connection, maker, scopes)).headers;

/** One statement about one row, past everything that guards it. */
async function sql(connection: Connection, statement: string, id: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(statement, [id]).finally(() => client.end());
}

/** Everybody who can call the desk, and what they are worth. */
export const CALLERS: Readonly<Record<string, Caller>> = {
  nobody: { worth: 'requester', make: async () => ({}) },
  'nobody with a visitor cookie': {
    worth: 'requester',
    make: async () => ({ cookie: `signalbox.visitor=${randomUUID()}` }),
  },
  'an expired session': {
    worth: 'requester',
    make: async (connection) => {
      const { id, headers } = await admin(connection);
      await sql(
        connection,
        `update session set expires_at = now() - interval '1 s' where person_id = $1`,
        id,
      );
      return headers;
    },
  },
  'the session of somebody disabled': {
    worth: 'requester',
    make: async (connection) => {
      const { id, headers } = await admin(connection);
      await sql(connection, 'update person set disabled_at = now() where id = $1', id);
      return headers;
    },
  },
  'a revoked display': {
    worth: 'requester',
    make: async (connection) => {
      const { id, headers } = await makeDisplay(connection);
      await sql(connection, 'update display set revoked_at = now() where id = $1', id);
      return headers;
    },
  },
  'a display': { worth: 'display', make: async (connection) => (await makeDisplay(connection)).headers },
  'an agent': { worth: 'agent', make: async (connection) => (await agent(connection)).headers },
  'an administrator': { worth: 'admin', make: async (connection) => (await admin(connection)).headers },
  "an administrator's token to read": { worth: 'tickets:read', make: tokenOf(admin, 'tickets:read') },
  "an administrator's token to write": { worth: 'tickets:write', make: tokenOf(admin, 'tickets:write') },
  "an administrator's token to administer": { worth: 'admin token', make: tokenOf(admin, 'admin') },
  "an agent's token to read": { worth: 'tickets:read', make: tokenOf(agent, 'tickets:read') },
  "an agent's token to write": { worth: 'tickets:write', make: tokenOf(agent, 'tickets:write') },
  "an agent's token to administer, by plain SQL": { worth: 'nothing', make: tokenOf(agent, 'admin') },
  "an agent's token to read and administer, by plain SQL": {
    worth: 'tickets:read',
    make: tokenOf(agent, 'tickets:read', 'admin'),
  },
  'the token to administer of somebody demoted since': {
    worth: 'nothing',
    make: async (connection) => {
      const maker = await admin(connection);
      const { headers } = await makeToken(connection, maker, ['admin']);
      await sql(connection, `update person set role = 'agent' where id = $1`, maker.id);
      return headers;
    },
  },
  'a token to read beside the cookie of an administrator': {
    worth: 'tickets:read',
    make: async (connection) => ({
      ...AGENT.headers,
      ...(await token(connection, agent, ['tickets:read'])).headers,
    }),
  },
  'a revoked token': {
    worth: 'refused',
    make: async (connection) => {
      const { id, headers } = await token(connection, admin, ['tickets:read', 'tickets:write', 'admin']);
      await sql(connection, 'update api_token set revoked_at = now() where id = $1', id);
      return headers;
    },
  },
  'an expired token': {
    worth: 'refused',
    make: async (connection) => {
      const { id, headers } = await token(connection, admin, ['tickets:read', 'tickets:write', 'admin']);
      await sql(connection, `update api_token set expires_at = now() - interval '1 s' where id = $1`, id);
      return headers;
    },
  },
  'the token of somebody disabled': {
    worth: 'refused',
    make: async (connection) => {
      const maker = await admin(connection);
      const { headers } = await makeToken(connection, maker, ['tickets:read', 'tickets:write', 'admin']);
      await sql(connection, 'update person set disabled_at = now() where id = $1', maker.id);
      return headers;
    },
  },
  'a token that nobody made, beside the cookie of an administrator': {
    worth: 'refused',
    make: async () => ({ ...AGENT.headers, authorization: `Bearer sbx_${'A'.repeat(43)}` }),
  },
};
