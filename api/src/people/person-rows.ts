import type { Actor } from '../contract/actor.js';
import type { CreatePerson, Person } from '../contract/people.js';
import type { Session } from '../database/database.js';
import { instantSql } from '../database/instant.js';
import { addressTaken, unknownPerson } from './people.errors.js';

type Rows = Pick<Session, 'query'>;

/** A person in the wire's shape. */
export const PERSON_COLUMNS = `
  person.id, person.name, person.email, person.role, person.disabled_at is not null as disabled,
  ${instantSql('person.created_at')} as created_at,
  (select ${instantSql('max(audit.at)')} from audit
   where audit.action = 'sign_in' and audit.actor ->> 'id' = person.id) as last_sign_in_at`;

/**
 * One person, whose row nobody else can change until the transaction ends.
 * @throws ProblemError `not_found`
 */
export async function lockPerson(id: string, session: Rows): Promise<Person> {
  const [row] = await session.query<Person>({
    name: 'person-lock',
    text: `select ${PERSON_COLUMNS} from person where person.id = $1 for update of person`,
    values: [id],
  });
  if (row === undefined) throw unknownPerson(id);
  return row;
}

/**
 * The ids of all who can administer the desk: enabled, and with a way to sign in. Until the transaction ends
 * none of them stops being one: two who would demote each other wait for one another here, and the second then
 * finds one less.
 */
export async function lockAdministrators(session: Rows): Promise<ReadonlySet<string>> {
  const rows = await session.query<{ id: string }>({
    name: 'person-lock-administrators',
    text: `select person.id from person
           where person.role = 'admin' and person.disabled_at is null
             and exists (select from account where account.person_id = person.id)
           order by person.id for update of person`,
  });
  return new Set(rows.map(({ id }) => id));
}

/** @throws ProblemError `conflict`: the address is somebody else's */
export async function insertPerson(
  { name, email, role }: CreatePerson,
  actor: Actor,
  session: Rows,
): Promise<Person> {
  const rows = await unlessTaken(
    session.query<Person>({
      name: 'person-create',
      text: `insert into person (name, email, role) values ($1, $2, $3)
             returning ${PERSON_COLUMNS}, set_config('feed.actor', $4, true)`,
      values: [name, email, role, JSON.stringify(actor)],
    }),
  );
  return asPerson(rows[0]!);
}

/** @throws ProblemError `conflict`: the address is somebody else's */
export async function updatePerson(
  { id, name, email, role, disabled }: Person,
  actor: Actor,
  session: Rows,
): Promise<Person> {
  const rows = await unlessTaken(
    session.query<Person>({
      name: 'person-change',
      text: `update person set name = $2, email = $3, role = $4, updated_at = now(),
               disabled_at = case when $5 then coalesce(disabled_at, now()) end
             where id = $1
             returning ${PERSON_COLUMNS}, set_config('feed.actor', $6, true)`,
      values: [id, name, email, role, disabled, JSON.stringify(actor)],
    }),
  );
  return asPerson(rows[0]!);
}

/** Without what a statement returned for its effect only. */
function asPerson({ id, name, email, role, disabled, created_at, last_sign_in_at }: Person): Person {
  return { id, name, email, role, disabled, created_at, last_sign_in_at };
}

async function unlessTaken<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    const { code, constraint } = error as { code?: unknown; constraint?: unknown };
    throw code === '23505' && constraint === 'person_email_key' ? addressTaken() : error;
  }
}
