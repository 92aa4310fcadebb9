import type { Comment, CreateComment } from '#contract/comments';
import type { CommentList } from '#contract/queries';

import { request } from './request.js';

/** The most that the server gives at once. */
const PAGE_SIZE = 100;

/**
 * A page of a ticket's conversation, oldest first. Throws what `request` throws.
 *
 * @param link `next` of an earlier answer; absent: the first page
 */
export const listComments = (ticketId: number, link?: string, signal?: AbortSignal): Promise<CommentList> => {
  const first = `/api/tickets/${ticketId}/comments?page_size=${PAGE_SIZE}`;
  const { pathname, search } = new URL(link ?? first, 'http://any');
  return request('GET', `${pathname}${search}`, { signal });
};

/** A reply, or with `internal` a note that only agents see. */
export const createComment = (ticketId: number, comment: CreateComment): Promise<Comment> =>
  request('POST', `/api/tickets/${ticketId}/comments`, { body: comment });
