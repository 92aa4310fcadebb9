import { Injectable } from '@nestjs/common';

import type { PasswordLink } from '../contract/people.js';
import type { PersonRef } from '../contract/ticket.js';
import { SignInLibrary } from './sign-in-library.js';
import { newSecret } from './secrets.js';

const VALID_MS = 24 * 3_600_000;

/** As better-auth's own reset names it: its `resetPassword` takes it from there. */
const identifierOf = (secret: string): string => `reset-password:${secret}`;

/** One-time links by which somebody sets their password: an invitation, or a reset that an administrator grants. */
@Injectable()
export class PasswordLinks {
  constructor(private readonly library: SignInLibrary) {}

  /** Gets what `make` needs, so that within a transaction it waits for no second connection of the same pool. */
  async ready(): Promise<void> {
    await this.library.context();
  }

  /**
   * Only the secret's hash is stored. It stands behind `#`, which browsers do not send, so that no log has it.
   * @param origin of the desk, as its maker reached it
   */
  async make(personId: string, origin: string): Promise<PasswordLink> {
    const secret = newSecret('sbp_');
    const expiresAt = new Date(Date.now() + VALID_MS);
    const { internalAdapter } = await this.library.context();
    await internalAdapter.createVerificationValue({
      identifier: identifierOf(secret),
      value: personId,
      expiresAt,
    });
    return { url: `${origin}/reset-password#${secret}`, expires_at: expiresAt.toISOString() };
  }

  /** Whose password a link would set; null when it is worthless. */
  async ownerOf(secret: string): Promise<PersonRef | null> {
    const { internalAdapter } = await this.library.context();
    const link = await internalAdapter.findVerificationValue(identifierOf(secret));
    const owner = link && (await internalAdapter.findUserById(link.value));
    return owner && { id: owner.id, name: owner.name };
  }
}
