import { Injectable } from '@nestjs/common';

import { type Grant, GRANTABLE, type Role, type Scope } from '../contract/access.js';
import { Database } from '../database/database.js';
import type { Credential, Identity } from './identity.js';

interface PersonColumns {
  readonly person_id: string;
  readonly person_name: string;
  readonly role: Role;
}
interface SessionRow extends PersonColumns {
  readonly id: string;
}
interface TokenRow extends PersonColumns {
  readonly id: string;
  readonly name: string;
  readonly scopes: Scope[];
}
interface DisplayRow {
  readonly id: string;
  readonly name: string;
}
/** What a credential is good for at this moment. */
interface HeldRow {
  readonly kind: Credential['kind'];
  readonly id: string;
  readonly role: Role | null;
  readonly scopes: Scope[] | null;
}

const VALID_SESSION = 'session.expires_at > now() and person.disabled_at is null';
const VALID_TOKEN = `api_token.revoked_at is null and (api_token.expires_at is null or api_token.expires_at > now())
  and person.disabled_at is null`;
const VALID_DISPLAY = 'display.revoked_at is null';
const PERSON = 'person.id as person_id, person.name as person_name, person.role';

/** How long a session lives after it was last used, to the day. */
export const SESSION_DAYS = 30;

/** A token's scopes, each at most what its maker's role allows now. */
const tokenGrants = (scopes: readonly Scope[], role: Role): Set<Grant> =>
  new Set(scopes.filter((scope) => GRANTABLE[role].includes(scope)).map((scope): Grant => `token ${scope}`));

/** Grants as one text, equal just when they are. */
export const grantsKey = (grants: ReadonlySet<Grant>): string => [...grants].sort().join();

/** Reads who stands behind a secret. Only what is valid at this moment is found. */
@Injectable()
export class CredentialReader {
  constructor(private readonly database: Database) {}

  async session(secret: string): Promise<Identity | null> {
    const [row] = await this.database.query<SessionRow>({
      name: 'auth-session',
      text: `select session.id, ${PERSON} from session join person on person.id = session.person_id
             where session.token = $1 and ${VALID_SESSION}`,
      values: [secret],
    });
    if (row === undefined) return null;
    const person = { id: row.person_id, name: row.person_name, role: row.role };
    return {
      kind: 'person',
      key: `person:${person.id}`,
      actor: { kind: 'agent', id: person.id, name: person.name },
      person,
      grants: new Set([row.role]),
      credential: { kind: 'session', id: row.id },
    };
  }

  async token(hash: Buffer): Promise<Identity | null> {
    const [row] = await this.database.query<TokenRow>({
      name: 'auth-token',
      text: `select api_token.id, api_token.name, api_token.scopes, ${PERSON}
             from api_token join person on person.id = api_token.person_id
             where api_token.hash = $1 and ${VALID_TOKEN}`,
      values: [hash],
    });
    if (row === undefined) return null;
    return {
      kind: 'token',
      key: `token:${row.id}`,
      actor: { kind: 'token', id: row.id, name: row.name },
      person: { id: row.person_id, name: row.person_name, role: row.role },
      grants: tokenGrants(row.scopes, row.role),
      credential: { kind: 'token', id: row.id },
    };
  }

  async display(hash: Buffer): Promise<Identity | null> {
    const [row] = await this.database.query<DisplayRow>({
      name: 'auth-display',
      text: `select id, name from display where hash = $1 and ${VALID_DISPLAY}`,
      values: [hash],
    });
    if (row === undefined) return null;
    return {
      kind: 'display',
      key: `display:${row.id}`,
      actor: { kind: 'requester', id: null, name: row.name },
      person: null,
      grants: new Set(['display']),
      credential: { kind: 'display', id: row.id },
    };
  }

  /**
   * The grants of each credential that is still valid, by `kind:id`, as `grantsKey` writes them; one statement
   * however many there are.
   */
  async held(credentials: readonly Credential[]): Promise<ReadonlyMap<string, string>> {
    const ids = (kind: Credential['kind']) => [
      ...new Set(credentials.filter((held) => held.kind === kind).map(({ id }) => id)),
    ];
    const rows = await this.database.query<HeldRow>({
      name: 'auth-held',
      text: `
        select 'session' as kind, session.id, person.role, null::text[] as scopes
        from session join person on person.id = session.person_id
        where session.id = any ($1::text[]) and ${VALID_SESSION}
        union all
        select 'token', api_token.id::text, person.role, api_token.scopes
        from api_token join person on person.id = api_token.person_id
        where api_token.id = any ($2::uuid[]) and ${VALID_TOKEN}
        union all
        select 'display', display.id::text, null, null from display
        where display.id = any ($3::uuid[]) and ${VALID_DISPLAY}`,
      values: [ids('session'), ids('token'), ids('display')],
    });
    return new Map(rows.map((row) => [`${row.kind}:${row.id}`, grantsKey(grantsOf(row))]));
  }

  /**
   * Notes that a credential is in use, to the minute, and lets a session in use live on. Not waited for by
   * any request.
   */
  async touch({ kind, id }: Credential): Promise<void> {
    await this.database.query({ name: `auth-touch-${kind}`, text: TOUCH[kind], values: [id] });
  }
}

function grantsOf({ kind, role, scopes }: HeldRow): ReadonlySet<Grant> {
  if (kind === 'display' || role === null) return new Set(['display']);
  return scopes === null ? new Set([role]) : tokenGrants(scopes, role);
}

const TOUCH: Readonly<Record<Credential['kind'], string>> = {
  session: `update session set expires_at = now() + interval '${SESSION_DAYS} days', updated_at = now()
            where id = $1 and expires_at < now() + interval '${SESSION_DAYS - 1} days'`,
  token: `update api_token set last_used_at = now()
          where id = $1 and coalesce(last_used_at < now() - interval '1 minute', true)`,
  display: `update display set last_seen_at = now()
            where id = $1 and coalesce(last_seen_at < now() - interval '1 minute', true)`,
};
