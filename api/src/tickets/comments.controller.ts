import { Body, Controller, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import { CurrentIdentity, type Identity } from '../auth/identity.js';
import { type Comment, type CreateComment, createComment } from '../contract/comments.js';
import {
  type CommentList,
  type HistoryQuery,
  historyQuery,
  noQuery,
  ticketIdParam,
} from '../contract/queries.js';
import { encodeIdCursor } from '../paging/id-page.js';
import { CommentsService } from './comments.service.js';

@Controller('api/tickets/:id/comments')
export class CommentsController {
  constructor(private readonly comments: CommentsService) {}

  @Get()
  async list(
    @Param('id', { schema: ticketIdParam }) id: number,
    @Query({ schema: historyQuery }) query: HistoryQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CommentList> {
    const { list, link } = await this.comments.list(id, query, request.originalUrl);
    response.setHeader('Link', link);
    return list;
  }

  @Post()
  async create(
    @Param('id', { schema: ticketIdParam }) id: number,
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: createComment }) command: CreateComment,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @CurrentIdentity() caller: Identity,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Comment> {
    const comment = await this.comments.create(id, command, caller, idempotencyKey);
    response.setHeader('Location', locationOf(comment));
    return comment;
  }
}

/** The page of the conversation that holds just this comment: there is no other path to one. */
function locationOf({ id, ticket_id: ticketId }: Comment): string {
  const cursor = encodeIdCursor({ direction: 'next', id: id - 1 });
  return `/api/tickets/${ticketId}/comments?page_size=1&cursor=${cursor}`;
}
