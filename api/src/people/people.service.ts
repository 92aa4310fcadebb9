import { Injectable } from '@nestjs/common';

import { Audit, type AuditRecord } from '../audit/audit.js';
import { CredentialChanges } from '../auth/credential-changes.js';
import type { Identity } from '../auth/identity.js';
import { PasswordLinks } from '../auth/password-links.js';
import type { CreatePerson, Invitation, PasswordLink, PatchPerson, Person } from '../contract/people.js';
import { Database, type Session } from '../database/database.js';
import { cannotSignIn, lastAdministrator } from './people.errors.js';
import { insertPerson, lockAdministrators, lockPerson, updatePerson } from './person-rows.js';
import { endSessions, forgetSingleSignOn, withdrawPasswordLinks } from './way-in.js';

/** Who calls, and how they reached the desk. */
export interface Caller {
  readonly identity: Identity;
  readonly address: string | null;
  /** `scheme://host`, for links. */
  readonly origin: string;
}

const PATCHABLE = ['name', 'email', 'role', 'disabled'] as const;

/** Changes of who somebody is and what they may do; each is whole and recorded, or did not happen. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly links: PasswordLinks,
    private readonly changes: CredentialChanges,
  ) {}

  /** Somebody new, and the link by which they set their password. @throws ProblemError `conflict`: the address is taken */
  async invite(command: CreatePerson, caller: Caller): Promise<Invitation> {
    const person = await this.database.transaction(async (session) => {
      const made = await insertPerson(command, caller.identity.actor, session);
      const { email, role } = made;
      await this.#record('person_created', made, caller, session, { email, role });
      return made;
    });
    return { person, link: await this.links.make(person.id, caller.origin) };
  }

  /**
   * Sets what is given. Whoever is disabled, demoted or gets another address is signed out (but for the session
   * that asks for it) and has no password links left. What changes nothing is not recorded.
   * @throws ProblemError `not_found`; `conflict`: the address is taken, or nobody could administer the desk
   */
  async change(id: string, command: PatchPerson, caller: Caller): Promise<Person> {
    const after = await this.database.transaction(async (session) => {
      const administrators = mayDemote(command) ? await lockAdministrators(session) : null;
      const before = await lockPerson(id, session);
      const changed = PATCHABLE.filter(
        (field) => command[field] !== undefined && command[field] !== before[field],
      );
      if (changed.length === 0) return before;
      const wanted: Person = {
        ...before,
        ...Object.fromEntries(changed.map((field) => [field, command[field]])),
      };
      const demoted = before.role === 'admin' && wanted.role !== 'admin';
      if ((demoted || wanted.disabled) && administrators?.has(id) && administrators.size === 1) {
        throw lastAdministrator();
      }
      const stored = await updatePerson(wanted, caller.identity.actor, session);
      if (demoted || wanted.disabled || changed.includes('email')) {
        await endSessions(id, wanted.disabled ? null : caller.identity, session);
        await withdrawPasswordLinks(id, session);
      }
      if (changed.includes('email')) await forgetSingleSignOn(id, session);
      const details = Object.fromEntries(changed.map((field) => [field, [before[field], stored[field]]]));
      await this.#record('person_changed', stored, caller, session, details);
      return stored;
    });
    this.changes.changed();
    return after;
  }

  /**
   * A new link by which somebody sets their password; older ones are worthless from now on.
   * @throws ProblemError `not_found`; `conflict`: disabled, or without an address
   */
  async linkForPassword(id: string, caller: Caller): Promise<PasswordLink> {
    await this.links.ready();
    return this.database.transaction(async (session) => {
      const person = await lockPerson(id, session);
      if (person.disabled) throw cannotSignIn('disabled');
      if (person.email === null) throw cannotSignIn('address');
      await withdrawPasswordLinks(id, session);
      await this.#record('password_link_made', person, caller, session);
      // While the row is held: who withdraws links next, for whatever reason, finds this one.
      return this.links.make(id, caller.origin);
    });
  }

  /** Ends all sessions of somebody. @throws ProblemError `not_found` */
  async signOut(id: string, caller: Caller): Promise<void> {
    await this.database.transaction(async (session) => {
      const person = await lockPerson(id, session);
      await endSessions(id, null, session);
      await this.#record('sign_out_everywhere', person, caller, session);
    });
    this.changes.changed();
  }

  #record(
    action: AuditRecord['action'],
    { id, name }: Person,
    { identity, address }: Caller,
    session: Session,
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const target = { kind: 'person', id, name };
    return this.audit.record({ actor: identity.actor, action, target, details, address }, session);
  }
}

/** Whether the administrators must be counted before anything else is locked. */
const mayDemote = ({ role, disabled }: PatchPerson): boolean => role === 'agent' || disabled === true;
