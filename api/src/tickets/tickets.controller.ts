import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { Request, Response } from 'express';

import { CurrentIdentity, type Identity } from '../auth/identity.js';
import { type CreateTicket, createTicket, type PatchTicket, patchTicket } from '../contract/commands.js';
import {
  type HistoryQuery,
  historyQuery,
  type ListTicketsQuery,
  listTicketsQuery,
  noQuery,
  type TicketHistory,
  ticketIdParam,
  type TicketList,
} from '../contract/queries.js';
import type { Ticket, TicketReceipt } from '../contract/ticket.js';
import { entityTag, namesVersion } from './entity-tag.js';
import { TicketHistoryReader } from './ticket-history.js';
import { TicketListReader } from './ticket-list-reader.js';
import { TicketsService } from './tickets.service.js';

@Controller('api/tickets')
export class TicketsController {
  constructor(
    private readonly tickets: TicketsService,
    private readonly lists: TicketListReader,
    private readonly histories: TicketHistoryReader,
  ) {}

  @Get()
  async list(
    @Query({ schema: listTicketsQuery }) query: ListTicketsQuery,
    @CurrentIdentity() caller: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketList> {
    const { list, link } = await this.lists.list(query, request.originalUrl, caller);
    response.setHeader('Link', link);
    return list;
  }

  @Post()
  async create(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: createTicket }) command: CreateTicket,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @CurrentIdentity() caller: Identity,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Ticket | TicketReceipt> {
    const created = await this.tickets.create(command, caller, { idempotencyKey });
    // A receipt leads nowhere: its holder may not read the ticket.
    if ('version' in created) {
      response.setHeader('Location', `/api/tickets/${created.id}`);
      response.setHeader('ETag', entityTag(created.version));
    }
    return created;
  }

  @Get(':id')
  async read(
    @Param('id', { schema: ticketIdParam }) id: number,
    @Query({ schema: noQuery }) _query: object,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Ticket | undefined> {
    const ticket = await this.tickets.read(id);
    response.setHeader('ETag', entityTag(ticket.version));
    if (!namesVersion(ifNoneMatch, ticket.version)) return ticket;
    response.status(HttpStatus.NOT_MODIFIED);
    return undefined;
  }

  @Patch(':id')
  async patch(
    @Param('id', { schema: ticketIdParam }) id: number,
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: patchTicket }) command: PatchTicket,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentIdentity() caller: Identity,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Ticket> {
    const ticket = await this.tickets.patch(id, command, caller, { idempotencyKey, ifMatch });
    response.setHeader('ETag', entityTag(ticket.version));
    return ticket;
  }

  @Post(':id/claim')
  @HttpCode(200)
  async claim(
    @Param('id', { schema: ticketIdParam }) id: number,
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() caller: Identity,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Ticket> {
    const ticket = await this.tickets.claim(id, caller);
    response.setHeader('ETag', entityTag(ticket.version));
    return ticket;
  }

  @Delete(':id')
  @HttpCode(204)
  remove(
    @Param('id', { schema: ticketIdParam }) id: number,
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() caller: Identity,
  ): Promise<void> {
    return this.tickets.remove(id, caller);
  }

  @Get(':id/history')
  async history(
    @Param('id', { schema: ticketIdParam }) id: number,
    @Query({ schema: historyQuery }) query: HistoryQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TicketHistory> {
    const { history, link } = await this.histories.history(id, query, request.originalUrl);
    response.setHeader('Link', link);
    return history;
  }
}
