import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import { CurrentIdentity, type Identity } from '../auth/identity.js';
import { ownOrigin } from '../auth/origin.js';
import {
  type CreatePerson,
  createPerson,
  type Invitation,
  type PasswordLink,
  type PatchPerson,
  patchPerson,
  type Person,
  personParam,
} from '../contract/people.js';
import { noQuery, type PageQuery, pageQuery, type PersonList } from '../contract/queries.js';
import { PeopleReader } from './people-reader.js';
import { type Caller, PeopleService } from './people.service.js';

const personId = personParam.shape.id;

@Controller('api/people')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly reader: PeopleReader,
  ) {}

  @Get()
  async list(
    @Query({ schema: pageQuery }) query: PageQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PersonList> {
    const { list, link } = await this.reader.list(query, request.originalUrl);
    response.setHeader('Link', link);
    return list;
  }

  @Post()
  invite(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: createPerson }) command: CreatePerson,
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
  ): Promise<Invitation> {
    return this.people.invite(command, callerOf(identity, request));
  }

  @Patch(':id')
  change(
    @Param('id', { schema: personId }) id: string,
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: patchPerson }) command: PatchPerson,
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
  ): Promise<Person> {
    return this.people.change(id, command, callerOf(identity, request));
  }

  @Post(':id/password-link')
  linkForPassword(
    @Param('id', { schema: personId }) id: string,
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
  ): Promise<PasswordLink> {
    return this.people.linkForPassword(id, callerOf(identity, request));
  }

  @Post(':id/sign-out')
  @HttpCode(204)
  signOut(
    @Param('id', { schema: personId }) id: string,
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
  ): Promise<void> {
    return this.people.signOut(id, callerOf(identity, request));
  }
}

const callerOf = (identity: Identity, request: Request): Caller => ({
  identity,
  address: request.ip ?? null,
  origin: ownOrigin(request),
});
