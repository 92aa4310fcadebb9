import { Injectable } from '@nestjs/common';

import type { Actor } from '../contract/actor.js';
import type { AuditAction, AuditEntry } from '../contract/administration.js';
import { Database, type Session } from '../database/database.js';

/** What was done, by whom, to what. */
export interface AuditRecord {
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly target?: AuditEntry['target'];
  /** Never a secret: no password, token or link, and nothing that leads to one. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The network address that it came from. */
  readonly address?: string | null;
}

/** Texts in a record come from outside too (an address that somebody tried): no longer than any real one. */
const TEXT_MAX = 500;

/** Keeps a record of who came in and of who changed what may be done. */
@Injectable()
export class Audit {
  constructor(private readonly database: Database) {}

  /**
   * @param session the transaction of the change itself, so that one is never there without the other
   * @throws pg's DatabaseError, or a connection error: then the change must not happen either
   */
  async record(
    { actor, action, target = null, details = {}, address = null }: AuditRecord,
    session: Pick<Session, 'query'> = this.database,
  ): Promise<void> {
    await session.query({
      name: 'audit-record',
      text: `insert into audit (actor, action, target, details, address) values ($1, $2, $3, $4, $5)`,
      values: [asJson(actor), action, target && asJson(target), asJson(details), asShort(address)],
    });
  }
}

/** An IPv4 address is written as such, even when it came over IPv6; none is null. */
const asShort = (address: string | null): string | null =>
  address?.replace(/^::ffff:(?=[\d.]+$)/i, '') || null;

/** JSON that PostgreSQL can read any text of: it knows neither NUL nor lone surrogates. */
function asJson(value: object): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.slice(0, TEXT_MAX).toWellFormed().replaceAll('\0', '\ufffd') : part,
  );
}
