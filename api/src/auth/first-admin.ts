import { Inject, Injectable } from '@nestjs/common';

import { Audit } from '../audit/audit.js';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import type { SetUp } from '../contract/session.js';
import { Database, type Session } from '../database/database.js';
import { setUpLinkSpent } from './auth.errors.js';
import { SignInLibrary } from './sign-in-library.js';
import { newSecret, secretHash } from './secrets.js';

/** The rows of `secret` that hold the hash of a set-up link's token: this and a number that is nobody else's. */
const SET_UP = 'set-up:';
/** More links than processes start before anybody follows one. */
const LINKS_KEPT = 100;
/** A console's log is kept for longer than it is looked after; each start prints a new link. */
export const SET_UP_HOURS = 24;

/** Makes the first administrator: by the settings, or by a one-time link on the console. */
@Injectable()
export class FirstAdmin {
  /** There never is none again: the last administrator can be neither demoted nor disabled. */
  #exists = false;

  constructor(
    private readonly database: Database,
    private readonly library: SignInLibrary,
    private readonly audit: Audit,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Whether nobody can administer the desk yet. */
  async isNeeded(): Promise<boolean> {
    this.#exists ||= await adminExists(this.database);
    return !this.#exists;
  }

  /**
   * At start: makes the administrator of ADMIN_EMAIL and ADMIN_PASSWORD when there is none. Without these two
   * it gives the token of a new set-up link. Links of other processes, and of earlier starts, stay good for
   * SET_UP_HOURS, or until one has been followed: then all are spent.
   */
  async atStart(): Promise<{ setUpToken: string | null }> {
    if (!(await this.isNeeded())) return { setUpToken: null };
    const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = this.environment;
    if (email === undefined || password === undefined) return { setUpToken: await this.#newLink() };
    await this.#make({ name: 'Administrator', email, password }, async () => true);
    return { setUpToken: null };
  }

  /** Makes the administrator by the link on the console, once. @throws ProblemError `gone` */
  async setUp({ token, ...person }: SetUp): Promise<void> {
    const made = await this.#make(person, async (session) => {
      const { rows } = await session.execute(
        `select from secret where starts_with(name, $1) and value = $2
         and created_at > now() - $3::float8 * interval '1 hour'`,
        [SET_UP, secretHash(token), SET_UP_HOURS],
      );
      return rows.length > 0;
    });
    if (!made) throw setUpLinkSpent();
  }

  async #newLink(): Promise<string> {
    const token = newSecret('sbs_');
    await this.database.execute(`insert into secret (name, value) values ($1 || gen_random_uuid(), $2)`, [
      SET_UP,
      secretHash(token),
    ]);
    await this.database.execute(
      `delete from secret where name in (
         select name from secret where starts_with(name, $1) order by created_at desc offset $2)`,
      [SET_UP, LINKS_KEPT],
    );
    return token;
  }

  /** All or nothing, and only while there is no administrator, however many processes and people try at once. */
  async #make(
    { name, email, password }: Omit<SetUp, 'token'>,
    mayGoOn: (session: Session) => Promise<boolean>,
  ): Promise<boolean> {
    const hash = await (await this.library.context()).password.hash(password);
    return this.database.transaction(async (session) => {
      // Whoever is second waits here and then finds an administrator.
      await session.execute('lock table account in share row exclusive mode');
      if ((await adminExists(session)) || !(await mayGoOn(session))) return false;
      const { rows } = await session.execute<{ id: string; name: string }>(
        `insert into person (name, email, role) values ($1, $2, 'admin')
         on conflict (email) do update set role = 'admin', disabled_at = null returning id, name`,
        [name, email],
      );
      const person = rows[0]!;
      await session.execute(`delete from account where person_id = $1 and provider_id = 'credential'`, [
        person.id,
      ]);
      await session.execute(
        `insert into account (id, account_id, provider_id, person_id, password)
         values (gen_random_uuid()::text, $1, 'credential', $1, $2)`,
        [person.id, hash],
      );
      const actor = { kind: 'agent', id: person.id, name: person.name } as const;
      const target = { kind: 'person', id: person.id, name: person.name };
      await session.execute('delete from secret where starts_with(name, $1)', [SET_UP]);
      await this.audit.record({ actor, action: 'set_up', target }, session);
      return true;
    });
  }
}

/** Somebody who is an administrator and has a way to sign in. */
async function adminExists(session: Pick<Session, 'execute'>): Promise<boolean> {
  const { rows } = await session.execute<{ found: boolean }>(
    `select exists (
       select from person join account on account.person_id = person.id
       where person.role = 'admin' and person.disabled_at is null) as found`,
  );
  return rows[0]!.found;
}
