import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

import { Audit } from '../audit/audit.js';
import { displayRevoked } from './auth.errors.js';
import { CredentialReader } from './credential-reader.js';
import type { Identity } from './identity.js';
import { secretHash } from './secrets.js';

/** A screen that opens its link again and again from one place is recorded so often, in milliseconds. */
const RECORD_EVERY_MS = 60_000;
const RECORDED_MAX = 1_000;

/** Lets a screen in by its link. The link stays good until it is revoked: a screen may lose its cookies any day. */
@Injectable()
export class DisplayDoor {
  /** What was recorded lately: the link costs nothing to open, and must fill no table. */
  readonly #recorded = new LRUCache<string, true>({ max: RECORDED_MAX, ttl: RECORD_EVERY_MS });

  constructor(
    private readonly reader: CredentialReader,
    private readonly audit: Audit,
  ) {}

  /** @throws ProblemError `gone` */
  async open(token: string, address: string): Promise<Identity> {
    const display = await this.reader.display(secretHash(token));
    if (display === null) throw displayRevoked();
    const place = `${display.key} ${address}`;
    if (!this.#recorded.has(place)) {
      await this.#record(display, address);
      this.#recorded.set(place, true);
    }
    return display;
  }

  #record({ actor, credential }: Identity, address: string): Promise<void> {
    return this.audit.record({
      actor,
      action: 'display_opened',
      target: { kind: 'display', id: credential!.id, name: actor.name },
      address,
    });
  }
}
