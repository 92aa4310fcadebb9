import { Injectable } from '@nestjs/common';
import { APIError } from 'better-auth/api';

import { Audit } from '../audit/audit.js';
import type { Actor } from '../contract/actor.js';
import type { ChangePassword, ResetPassword, SignIn } from '../contract/session.js';
import { Database } from '../database/database.js';
import { ProblemError } from '../problems/problem-error.js';
import { badPassword, linkSpent, personDisabled } from './auth.errors.js';
import { CredentialChanges } from './credential-changes.js';
import { type Identity, NOBODY } from './identity.js';
import { PasswordLinks } from './password-links.js';
import { SignInLibrary } from './sign-in-library.js';

interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly disabled: boolean;
  readonly hash: string | null;
}

/** The hash of somebody's password. */
const HASH = `(select max(account.password) from account
  where account.person_id = person.id and account.provider_id = 'credential') as hash`;

/** Coming in and going out by password. Every try is in the audit. */
@Injectable()
export class SignInService {
  constructor(
    private readonly library: SignInLibrary,
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly changes: CredentialChanges,
    private readonly links: PasswordLinks,
  ) {}

  /**
   * Opens a session and gives its secret.
   * @param address the caller's network address
   * @throws ProblemError `unauthenticated` (whichever of the two is wrong), `forbidden` when disabled
   */
  async signIn(command: SignIn, address: string): Promise<string> {
    // PostgreSQL would refuse a NUL; no address holds the one or the other.
    const email = command.email.trim().toLowerCase().replaceAll('\0', '\ufffd');
    const hash = await this.#hashOf(email);
    const secret = await this.#passwordSession(email, command.password);
    const person = secret === null ? null : await this.#personOf(secret);
    // One that was replaced while it was checked is no password any more: what it had opened has been ended.
    if (secret === null || person === null || person.hash !== hash) {
      if (secret !== null) await this.#end(secret);
      await this.audit.record({ actor: NOBODY, action: 'sign_in_failed', details: { email }, address });
      throw badPassword();
    }
    const actor: Actor = { kind: 'agent', id: person.id, name: person.name };
    if (person.disabled) {
      await this.#end(secret);
      await this.audit.record({
        actor,
        action: 'sign_in_failed',
        details: { email, reason: 'disabled' },
        address,
      });
      throw personDisabled();
    }
    await this.audit.record({ actor, action: 'sign_in', address });
    return secret;
  }

  /** Ends the caller's session; without one nothing happens. */
  async signOut({ credential, actor }: Identity, address: string): Promise<void> {
    if (credential?.kind !== 'session') return;
    await this.database.transaction(async (session) => {
      await session.execute('delete from session where id = $1', [credential.id]);
      await this.audit.record({ actor, action: 'sign_out', address }, session);
    });
    this.changes.changed();
  }

  /** Ends all sessions of the caller, this one too. */
  async signOutEverywhere({ person, actor }: Identity, address: string): Promise<void> {
    await this.database.transaction(async (session) => {
      await session.execute('delete from session where person_id = $1', [person?.id]);
      await this.audit.record({ actor, action: 'sign_out_everywhere', address }, session);
    });
    this.changes.changed();
  }

  /** Sets the caller's password and ends their other sessions. @throws ProblemError `invalid` */
  async changePassword(caller: Identity, command: ChangePassword, address: string): Promise<void> {
    const { internalAdapter, password } = await this.library.context();
    const personId = caller.person!.id;
    const hash = (await internalAdapter.findCredentialAccount(personId))?.password;
    if (!hash || !(await password.verify({ hash, password: command.current_password }))) {
      throw ProblemError.field('current_password', 'is wrong');
    }
    const wanted = await password.hash(command.password);
    await this.database.transaction(async (session) => {
      const { rows } = await session.execute(
        `update account set password = $3, updated_at = now()
         where person_id = $1 and provider_id = 'credential' and password = $2 returning true`,
        [personId, hash, wanted],
      );
      // Replaced while it was checked: that one holds.
      if (rows.length === 0) throw ProblemError.field('current_password', 'is wrong');
      await session.execute('delete from session where person_id = $1 and id <> $2', [
        personId,
        caller.credential!.id,
      ]);
      await this.audit.record({ actor: caller.actor, action: 'password_changed', address }, session);
    });
    this.changes.changed();
  }

  /** Sets a password by a one-time link; all sessions of that person end. @throws ProblemError `gone` */
  async resetPassword({ token, password }: ResetPassword, address: string): Promise<void> {
    const api = await this.library.api();
    const owner = await this.links.ownerOf(token);
    try {
      await api.resetPassword({ body: { token, newPassword: password } });
    } catch (error) {
      if (error instanceof APIError) throw linkSpent();
      throw error;
    }
    const target = owner && { kind: 'person', ...owner };
    await this.audit.record({ actor: NOBODY, action: 'password_reset', target, address });
    this.changes.changed();
  }

  /** The secret of a new session; null when the address or the password is wrong. */
  async #passwordSession(email: string, password: string): Promise<string | null> {
    const api = await this.library.api();
    try {
      return (await api.signInEmail({ body: { email, password } })).token;
    } catch (error) {
      if (error instanceof APIError) return null;
      throw error;
    }
  }

  async #hashOf(email: string): Promise<string | null> {
    const { rows } = await this.database.execute<Pick<SignedIn, 'hash'>>(
      `select ${HASH} from person where person.email = $1`,
      [email],
    );
    return rows[0]?.hash ?? null;
  }

  async #personOf(secret: string): Promise<SignedIn | null> {
    const { rows } = await this.database.execute<SignedIn>(
      `select person.id, person.name, person.disabled_at is not null as disabled, ${HASH}
       from session join person on person.id = session.person_id where session.token = $1`,
      [secret],
    );
    return rows[0] ?? null;
  }

  async #end(secret: string): Promise<void> {
    await this.database.execute('delete from session where token = $1', [secret]);
  }
}
