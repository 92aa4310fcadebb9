import { Injectable } from '@nestjs/common';

import type { AuditEntry } from '../contract/administration.js';
import type { AuditQuery } from '../contract/queries.js';
import { Database } from '../database/database.js';
import { instantSql } from '../database/instant.js';
import { type LinkedList, listPage } from '../paging/list-page.js';

const ENTRIES = `
  select id::float8 as id, ${instantSql('at')} as at, actor, action, target, details, address
  from audit
  where ($1::text[] is null or action = any ($1))
    and ($2::text = '' or position(lower($2) in lower(actor ->> 'name')) > 0
      or position(lower($2) in lower(target ->> 'name')) > 0)
  order by audit.id desc`;

/** The record as administrators read it, newest first. */
@Injectable()
export class AuditReader {
  constructor(private readonly database: Database) {}

  /** @param url the path with query that was asked for */
  list(query: AuditQuery, url: string): Promise<LinkedList<AuditEntry>> {
    const values = [query.action ?? null, query.search ?? ''];
    return listPage(this.database, { name: 'audit', text: ENTRIES, values }, query, url);
  }
}
