import { Injectable } from '@nestjs/common';

import type { AuditEntry } from '../contract/administration.js';
import type { AuditQuery } from '../contract/queries.js';
import { Database } from '../database/database.js';
import { instantSql } from '../database/instant.js';
import { IdPage } from '../paging/id-page.js';
import type { LinkedList } from '../paging/list-page.js';
import { pageLinks } from '../paging/page-links.js';

const WANTED = `
  from audit
  where ($1::text[] is null or action = any ($1))
    and ($2::text = '' or position(lower($2) in lower(actor ->> 'name')) > 0
      or position(lower($2) in lower(target ->> 'name')) > 0)`;

/** As `pg` parses it: int8 comes as text. */
type AuditRecord = Omit<AuditEntry, 'id'> & { readonly id: string };

/** The record as administrators read it, newest first: it grows while it is read. */
@Injectable()
export class AuditReader {
  constructor(private readonly database: Database) {}

  /**
   * @param url the path with query that was asked for
   * @throws ProblemError `invalid` that names `cursor`
   */
  async list(query: AuditQuery, url: string): Promise<LinkedList<AuditEntry>> {
    const page = new IdPage(query, 'desc');
    const given = [query.action ?? null, query.search ?? ''];
    const { text, values } = page.clause(given);
    const [records, [counted]] = await Promise.all([
      this.database.query<AuditRecord>({
        name: `audit ${page.kind}`,
        text: `select id, ${instantSql('at')} as at, actor, action, target, details, address ${WANTED} ${text}`,
        values,
      }),
      this.database.query<{ count: number }>({
        name: 'audit count',
        text: `select count(*)::int as count ${WANTED}`,
        values: given,
      }),
    ]);
    const entries = records.map((record) => ({ ...record, id: Number(record.id) }));
    const { rows: results, neighbours } = page.of(entries);
    const { next, previous, header } = pageLinks(url, neighbours);
    return { list: { count: counted?.count ?? 0, next, previous, results }, link: header };
  }
}
