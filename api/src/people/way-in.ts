import type { Identity } from '../auth/identity.js';
import type { Session } from '../database/database.js';

type Rows = Pick<Session, 'query'>;

/** Ends somebody's sessions, all but the one by which `except` calls. */
export async function endSessions(personId: string, except: Identity | null, session: Rows): Promise<void> {
  const kept = except?.credential?.kind === 'session' ? except.credential.id : null;
  await session.query({
    name: 'person-end-sessions',
    text: 'delete from session where person_id = $1 and id is distinct from $2',
    values: [personId, kept],
  });
}

/**
 * Somebody with another address is not who the single sign-on knew by the one before: it must vouch for them anew.
 * The row stays, since it says that they have a way to sign in.
 */
export async function forgetSingleSignOn(personId: string, session: Rows): Promise<void> {
  await session.query({
    name: 'person-forget-single-sign-on',
    text: `update account set account_id = '' where person_id = $1 and provider_id like 'oidc %'`,
    values: [personId],
  });
}

/** Makes the links worthless that somebody has for setting a password. */
export async function withdrawPasswordLinks(personId: string, session: Rows): Promise<void> {
  await session.query({
    name: 'person-withdraw-links',
    text: 'delete from verification where value = $1',
    values: [personId],
  });
}
