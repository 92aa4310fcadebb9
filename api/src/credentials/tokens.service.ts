import { Injectable } from '@nestjs/common';

import { Audit } from '../audit/audit.js';
import { CredentialChanges } from '../auth/credential-changes.js';
import type { Identity } from '../auth/identity.js';
import { newSecret, secretHash } from '../auth/secrets.js';
import { GRANTABLE } from '../contract/access.js';
import type { ApiToken, CreateApiToken, CreatedApiToken } from '../contract/credentials.js';
import type { PageQuery } from '../contract/queries.js';
import { Database } from '../database/database.js';
import { instantSql } from '../database/instant.js';
import { type LinkedList, listPage } from '../paging/list-page.js';
import { ProblemError } from '../problems/problem-error.js';

/** The person who calls, signed in themselves. */
type SignedIn = NonNullable<Identity['person']>;

/** The last moment that ISO 8601 writes with a year of four digits. */
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

const instantOrNull = (column: string) => `${instantSql(column)} as ${column.split('.')[1]}`;

const TOKENS = `
  select api_token.id, api_token.name, api_token.scopes,
    json_build_object('id', person.id, 'name', person.name) as person,
    ${['created_at', 'expires_at', 'last_used_at', 'revoked_at'].map((at) => instantOrNull(`api_token.${at}`)).join(', ')}
  from api_token join person on person.id = api_token.person_id
  where $1::text is null or api_token.person_id = $1
  order by api_token.revoked_at is not null, api_token.created_at desc, api_token.id`;

/** Tokens of the api: people make them for themselves, and each is worth at most what its maker may do. */
@Injectable()
export class TokensService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly changes: CredentialChanges,
  ) {}

  /**
   * The caller's own; those of all for administrators. Those that were revoked come last.
   * @param url the path with query that was asked for
   */
  list(caller: Identity, query: PageQuery, url: string): Promise<LinkedList<ApiToken>> {
    return listPage(
      this.database,
      { name: 'tokens', text: TOKENS, values: [boundOf(signedIn(caller))] },
      query,
      url,
    );
  }

  /**
   * Makes a token and gives its secret, which is stored nowhere.
   * @throws ProblemError `invalid` that names `scopes` (more than the caller's role can give) or `expires_at`
   */
  async create(
    { name, scopes, expires_at: expiresAt = null }: CreateApiToken,
    caller: Identity,
    address: string | null,
  ): Promise<CreatedApiToken> {
    const { id: personId, role } = signedIn(caller);
    const tooMuch = scopes.filter((scope) => !GRANTABLE[role].includes(scope));
    if (tooMuch.length > 0) throw ProblemError.field('scopes', `your role cannot give ${tooMuch.join(', ')}`);
    if (expiresAt !== null) refuseExpiry(Date.parse(expiresAt));
    const token = newSecret('sbx_');
    const made = await this.database.transaction(async (session) => {
      const rows = await session.query<Omit<CreatedApiToken, 'token'>>({
        name: 'token-create',
        text: `insert into api_token (hash, name, scopes, person_id, expires_at) values ($1, $2, $3, $4, $5)
               returning id, name, scopes, ${instantSql('expires_at')} as expires_at`,
        values: [secretHash(token), name, scopes, personId, expiresAt],
      });
      const stored = rows[0]!;
      const target = { kind: 'token', id: stored.id, name };
      const details = { scopes, expires_at: stored.expires_at };
      await this.audit.record(
        { actor: caller.actor, action: 'token_created', target, details, address },
        session,
      );
      return stored;
    });
    return { ...made, token };
  }

  /**
   * Ends a token for good: the caller's own, anybody's for administrators. Once more is no error.
   * @throws ProblemError `not_found`
   */
  async revoke(id: string, caller: Identity, address: string | null): Promise<void> {
    const bound = boundOf(signedIn(caller));
    await this.database.transaction(async (session) => {
      const [token] = await session.query<{ name: string; revoked: boolean; owner: string }>({
        name: 'token-lock',
        text: `select name, revoked_at is not null as revoked, person_id as owner from api_token
               where id = $1 and ($2::text is null or person_id = $2) for update`,
        values: [id, bound],
      });
      if (token === undefined) throw new ProblemError('not_found', 'You have no token with this id');
      if (token.revoked) return;
      await session.query({
        name: 'token-revoke',
        text: 'update api_token set revoked_at = now() where id = $1',
        values: [id],
      });
      const target = { kind: 'token', id, name: token.name };
      const details = { person: token.owner };
      await this.audit.record(
        { actor: caller.actor, action: 'token_revoked', target, details, address },
        session,
      );
    });
    this.changes.changed();
  }
}

function refuseExpiry(at: number): void {
  if (at <= Date.now()) throw ProblemError.field('expires_at', 'must be in the future');
  if (at > LAST_MS) throw ProblemError.field('expires_at', 'must be before the year 10000');
}

/** Whose tokens somebody has to do with; null: everybody's. */
const boundOf = ({ id, role }: SignedIn): string | null => (role === 'admin' ? null : id);

function signedIn({ kind, person }: Identity): SignedIn {
  if (kind !== 'person' || person === null) throw new Error('Only people come here: see ACCESS.account');
  return person;
}
