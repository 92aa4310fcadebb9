import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import { CurrentIdentity, type Identity } from '../auth/identity.js';
import { ownOrigin } from '../auth/origin.js';
import {
  type CreateDisplay,
  createDisplay,
  type CreatedDisplay,
  credentialParam,
} from '../contract/credentials.js';
import { type DisplayList, noQuery, type PageQuery, pageQuery } from '../contract/queries.js';
import { DisplaysService } from './displays.service.js';

@Controller('api/displays')
export class DisplaysController {
  constructor(private readonly displays: DisplaysService) {}

  @Get()
  async list(
    @Query({ schema: pageQuery }) query: PageQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DisplayList> {
    const { list, link } = await this.displays.list(query, request.originalUrl);
    response.setHeader('Link', link);
    return list;
  }

  @Post()
  create(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: createDisplay }) command: CreateDisplay,
    @CurrentIdentity() caller: Identity,
    @Ip() address: string,
    @Req() request: Request,
  ): Promise<CreatedDisplay> {
    return this.displays.create(command, caller, { address, origin: ownOrigin(request) });
  }

  @Delete(':id')
  @HttpCode(204)
  revoke(
    @Param('id', { schema: credentialParam.shape.id }) id: string,
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() caller: Identity,
    @Ip() address: string,
  ): Promise<void> {
    return this.displays.revoke(id, caller, address);
  }
}
