import { Injectable } from '@nestjs/common';

import { Audit } from '../audit/audit.js';
import { displayRevoked } from './auth.errors.js';
import { CredentialReader } from './credential-reader.js';
import type { Identity } from './identity.js';
import { secretHash } from './secrets.js';

/** Lets a screen in by its link. The link stays good until it is revoked: a screen may lose its cookies any day. */
@Injectable()
export class DisplayDoor {
  constructor(
    private readonly reader: CredentialReader,
    private readonly audit: Audit,
  ) {}

  /** @throws ProblemError `gone` */
  async open(token: string, address: string): Promise<Identity> {
    const display = await this.reader.display(secretHash(token));
    if (display === null) throw displayRevoked();
    const { actor, credential } = display;
    await this.audit.record({
      actor,
      action: 'display_opened',
      target: { kind: 'display', id: credential!.id, name: actor.name },
      address,
    });
    return display;
  }
}
