import { Injectable } from '@nestjs/common';

import { Audit } from '../audit/audit.js';
import type { Actor } from '../contract/actor.js';
import { Database, type Session } from '../database/database.js';
import { NOBODY } from './identity.js';
import type { OidcSubject } from './oidc-provider.js';
import { SignInLibrary } from './sign-in-library.js';

interface Known {
  readonly id: string;
  readonly name: string;
  readonly disabled: boolean;
}

/** Why somebody whom the provider vouches for does not come in. */
type Refusal = 'unknown' | 'disabled' | 'linked to another account';

/** Lets people in whom the single sign-on vouches for: those who are at the desk already, and nobody else. */
@Injectable()
export class OidcSignIn {
  constructor(
    private readonly database: Database,
    private readonly library: SignInLibrary,
    private readonly audit: Audit,
  ) {}

  /**
   * Opens a session and gives its secret; null when they are not let in, which is recorded.
   * @throws pg's DatabaseError, or a connection error
   */
  async signIn(subject: OidcSubject, address: string | null): Promise<string | null> {
    const found = await this.database.transaction((session) => personOf(subject, session));
    if (typeof found === 'string') {
      await this.refused(found, address, subject.email);
      return null;
    }
    const { internalAdapter } = await this.library.context();
    const { token } = await internalAdapter.createSession(found.id);
    const actor: Actor = { kind: 'agent', id: found.id, name: found.name };
    await this.audit.record({ actor, action: 'sign_in', details: { by: 'single sign-on' }, address });
    return token;
  }

  /** Records a try that failed. */
  refused(reason: string, address: string | null, email: string | null = null): Promise<void> {
    const details = { by: 'single sign-on', reason, ...(email === null ? {} : { email }) };
    return this.audit.record({ actor: NOBODY, action: 'sign_in_failed', details, address });
  }
}

/**
 * By the provider's subject once they have signed in that way; the first time by the address that the provider
 * has verified. An address that the provider gives to somebody else later does not open the desk to them.
 */
async function personOf({ issuer, subject, email }: OidcSubject, session: Session): Promise<Known | Refusal> {
  const provider = `oidc ${issuer}`;
  const columns = 'person.id, person.name, person.disabled_at is not null as disabled';
  const [linked] = await session.query<Known>({
    name: 'oidc-linked',
    text: `select ${columns} from account join person on person.id = account.person_id
           where account.provider_id = $1 and account.account_id = $2`,
    values: [provider, subject],
  });
  if (linked !== undefined) return linked.disabled ? 'disabled' : linked;
  const [person] = await session.query<Known>({
    name: 'oidc-by-address',
    text: `select ${columns} from person where email = $1 for update`,
    values: [email],
  });
  if (person === undefined) return 'unknown';
  if (person.disabled) return 'disabled';
  // A statement of its own: it sees what somebody stored who held the person's row until now.
  const [other] = await session.query<{ account_id: string }>({
    name: 'oidc-links',
    text: 'select account_id from account where person_id = $1 and provider_id = $2',
    values: [person.id, provider],
  });
  if (other?.account_id === subject) return person;
  if (other !== undefined && other.account_id !== '') return 'linked to another account';
  await session.query({
    name: other === undefined ? 'oidc-link' : 'oidc-link-again',
    text:
      other === undefined
        ? `insert into account (id, account_id, provider_id, person_id)
           values (gen_random_uuid()::text, $1, $2, $3)`
        : 'update account set account_id = $1 where provider_id = $2 and person_id = $3',
    values: [subject, provider, person.id],
  });
  return person;
}
