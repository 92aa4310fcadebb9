import { Injectable } from '@nestjs/common';

import { Audit } from '../audit/audit.js';
import { CredentialChanges } from '../auth/credential-changes.js';
import type { Identity } from '../auth/identity.js';
import { newSecret, secretHash } from '../auth/secrets.js';
import type { CreateDisplay, CreatedDisplay, Display } from '../contract/credentials.js';
import type { PageQuery } from '../contract/queries.js';
import { Database } from '../database/database.js';
import { instantSql } from '../database/instant.js';
import { type LinkedList, listPage } from '../paging/list-page.js';
import { ProblemError } from '../problems/problem-error.js';

const DISPLAYS = `
  select id, name, ${instantSql('created_at')} as created_at, ${instantSql('last_seen_at')} as last_seen_at,
    ${instantSql('revoked_at')} as revoked_at
  from display
  order by display.revoked_at is not null, display.created_at desc, display.id`;

/** Screens that only show: each has a link of its own, by which it gets its cookie. */
@Injectable()
export class DisplaysService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly changes: CredentialChanges,
  ) {}

  /**
   * All displays, those that were revoked last.
   * @param url the path with query that was asked for
   */
  list(query: PageQuery, url: string): Promise<LinkedList<Display>> {
    return listPage(this.database, { name: 'displays', text: DISPLAYS }, query, url);
  }

  /**
   * Makes a display and gives its link, whose secret is stored nowhere. It stands behind `#`, which browsers do
   * not send.
   * @param origin of the desk, as the caller reached it
   */
  async create(
    { name }: CreateDisplay,
    caller: Identity,
    { address, origin }: { address: string | null; origin: string },
  ): Promise<CreatedDisplay> {
    const secret = newSecret('sbd_');
    const id = await this.database.transaction(async (session) => {
      const rows = await session.query<{ id: string }>({
        name: 'display-create',
        text: 'insert into display (hash, name) values ($1, $2) returning id',
        values: [secretHash(secret), name],
      });
      const target = { kind: 'display', id: rows[0]!.id, name };
      await this.audit.record({ actor: caller.actor, action: 'display_created', target, address }, session);
      return target.id;
    });
    return { id, name, url: `${origin}/display#${secret}` };
  }

  /** Ends a display for good. Once more is no error. @throws ProblemError `not_found` */
  async revoke(id: string, caller: Identity, address: string | null): Promise<void> {
    await this.database.transaction(async (session) => {
      const [display] = await session.query<{ name: string; revoked: boolean }>({
        name: 'display-lock',
        text: 'select name, revoked_at is not null as revoked from display where id = $1 for update',
        values: [id],
      });
      if (display === undefined) throw new ProblemError('not_found', 'There is no display with this id');
      if (display.revoked) return;
      await session.query({
        name: 'display-revoke',
        text: 'update display set revoked_at = now() where id = $1',
        values: [id],
      });
      const target = { kind: 'display', id, name: display.name };
      await this.audit.record({ actor: caller.actor, action: 'display_revoked', target, address }, session);
    });
    this.changes.changed();
  }
}
