import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import { CurrentIdentity, type Identity } from '../auth/identity.js';
import {
  type CreateApiToken,
  createApiToken,
  type CreatedApiToken,
  credentialParam,
} from '../contract/credentials.js';
import { type ApiTokenList, noQuery, type PageQuery, pageQuery } from '../contract/queries.js';
import { TokensService } from './tokens.service.js';

@Controller('api/tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Get()
  async list(
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentIdentity() caller: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ApiTokenList> {
    const { list, link } = await this.tokens.list(caller, query, request.originalUrl);
    response.setHeader('Link', link);
    return list;
  }

  @Post()
  create(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: createApiToken }) command: CreateApiToken,
    @CurrentIdentity() caller: Identity,
    @Ip() address: string,
  ): Promise<CreatedApiToken> {
    return this.tokens.create(command, caller, address);
  }

  @Delete(':id')
  @HttpCode(204)
  revoke(
    @Param('id', { schema: credentialParam.shape.id }) id: string,
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() caller: Identity,
    @Ip() address: string,
  ): Promise<void> {
    return this.tokens.revoke(id, caller, address);
  }
}
