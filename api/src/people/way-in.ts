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

/** Makes the links worthless that somebody has for setting a password. */
export async function withdrawPasswordLinks(personId: string, session: Rows): Promise<void> {
  await session.query({
    name: 'person-withdraw-links',
    text: 'delete from verification where value = $1',
    values: [personId],
  });
}
