import { Injectable } from '@nestjs/common';

import type { Identity } from '../auth/identity.js';
import type { Actor } from '../contract/actor.js';
import type { Comment, CreateComment } from '../contract/comments.js';
import type { CommentList, HistoryQuery } from '../contract/queries.js';
import { Database, type Session } from '../database/database.js';
import { EventLog } from '../event-log/event-log.js';
import { operationKey } from '../operations/operation-key.js';
import { RepeatableWrites } from '../operations/repeatable-writes.js';
import { IdPage } from '../paging/id-page.js';
import { pageLinks } from '../paging/page-links.js';
import { COMMENT_COLUMNS, type CommentRecord, toComment } from './comment-record.js';
import { absentTicket } from './ticket-read.js';

/** The conversation of a ticket. */
@Injectable()
export class CommentsService {
  constructor(
    private readonly database: Database,
    private readonly operations: RepeatableWrites,
    private readonly log: EventLog,
  ) {}

  /**
   * @param url the path with query that was asked for
   * @returns the comments, oldest first, and their `Link` header
   * @throws ProblemError `not_found`, `gone`, `invalid` that names `cursor`
   */
  async list(
    ticketId: number,
    query: HistoryQuery,
    url: string,
  ): Promise<{ list: CommentList; link: string }> {
    const page = new IdPage(query, 'asc');
    const { text, values } = page.clause([ticketId]);
    await this.log.settled();
    // Taken before the rows are read: they may hold later comments, but miss none up to here.
    const asOf = this.log.position;
    const [[ticket], records] = await Promise.all([
      this.database.query<{ count: number }>({
        name: 'comment-count',
        text: `select (select count(*)::int from comment where ticket_id = $1) as count from ticket where id = $1`,
        values: [ticketId],
      }),
      this.database.query<CommentRecord>({
        name: `comments ${page.kind}`,
        text: `select ${COMMENT_COLUMNS} from comment where ticket_id = $1 ${text}`,
        values,
      }),
    ]);
    if (ticket === undefined) throw await absentTicket(ticketId, this.database);
    const { rows: results, neighbours } = page.of(records.map(toComment));
    const { next, previous, header } = pageLinks(url, neighbours);
    return { list: { count: ticket.count, next, previous, as_of: asOf, results }, link: header };
  }

  /**
   * @param idempotencyKey the header
   * @throws ProblemError `not_found`, `gone`, `invalid`, `op_id_reused`
   */
  async create(
    ticketId: number,
    command: CreateComment,
    caller: Identity,
    idempotencyKey: string | undefined,
  ): Promise<Comment> {
    const { op_id: opId, ...request } = command;
    const key = operationKey(idempotencyKey, opId);
    const operation = { identity: caller.key, route: `POST /api/tickets/${ticketId}/comments`, key, request };
    const comment = await this.operations.run(operation, (session) =>
      insertComment(ticketId, request, caller.actor, session),
    );
    this.log.poke();
    return comment;
  }
}

/** @throws ProblemError `not_found`, `gone` */
async function insertComment(
  ticketId: number,
  { body, internal }: Pick<Comment, 'body' | 'internal'>,
  actor: Actor,
  session: Session,
): Promise<Comment> {
  const [record] = await session.query<CommentRecord>({
    name: 'comment-create',
    // The lock is the foreign key's own, taken first: a deletion under way is waited for and leaves no row to refer to.
    text: `
      with found as (select id from ticket where id = $1 for key share)
      insert into comment (ticket_id, author, body, internal)
      select id, $2::text::json, $3, $4 from found
      returning ${COMMENT_COLUMNS}, set_config('feed.actor', $2::text, true)`,
    values: [ticketId, JSON.stringify(actor), body, internal],
  });
  if (record === undefined) throw await absentTicket(ticketId, session);
  return toComment(record);
}
