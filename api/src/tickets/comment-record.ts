import type { Actor } from '../contract/actor.js';
import type { Comment } from '../contract/comments.js';
import { instantSql } from '../database/instant.js';

/** Columns of a comment in the wire's shape, for any statement where the row is named `comment`. */
export const COMMENT_COLUMNS = `comment.id, comment.ticket_id, comment.author, comment.body, comment.internal,
  ${instantSql('comment.created_at')} as created_at`;

/** A row of COMMENT_COLUMNS as `pg` parses it: int8 comes as text, json parsed. */
export interface CommentRecord {
  readonly id: string;
  readonly ticket_id: string;
  readonly author: Actor;
  readonly body: string;
  readonly internal: boolean;
  readonly created_at: string;
}

export const toComment = ({ id, ticket_id, author, body, internal, created_at }: CommentRecord): Comment => ({
  id: Number(id),
  ticket_id: Number(ticket_id),
  author,
  body,
  internal,
  created_at,
});
