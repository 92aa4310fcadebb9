import { randomUUID } from 'node:crypto';

import { Body, Controller, Get, HttpCode, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import { noQuery } from '../contract/queries.js';
import { type ChangePassword, changePassword, type Me, type PatchMe, patchMe } from '../contract/session.js';
import { Authenticator, bearerToken } from './authenticator.js';
import { setCookie, VISITOR_COOKIE } from './cookies.js';
import { CredentialChanges } from './credential-changes.js';
import { CurrentIdentity, type Identity } from './identity.js';
import { MeReader } from './me.js';
import { SignInService } from './sign-in.service.js';

@Controller('api/me')
export class MeController {
  constructor(
    private readonly me: MeReader,
    private readonly signIns: SignInService,
    private readonly authenticator: Authenticator,
    private readonly changes: CredentialChanges,
  ) {}

  @Get()
  async read(
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() caller: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    // A page asks this first, so that what it then submits can be repeated safely.
    if (caller.key === null) setCookie(request, response, VISITOR_COOKIE, randomUUID());
    return this.me.read(caller);
  }

  @Patch()
  async patch(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: patchMe }) { name }: PatchMe,
    @CurrentIdentity() caller: Identity,
    @Req() { headers }: Request,
  ): Promise<Me> {
    await this.me.rename(caller, name);
    this.changes.changed();
    const token = bearerToken(headers.authorization);
    return this.me.read(await this.authenticator.identify({ cookie: headers.cookie, token }));
  }

  @Post('password')
  @HttpCode(204)
  changePassword(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: changePassword }) command: ChangePassword,
    @CurrentIdentity() caller: Identity,
    @Req() request: Request,
  ): Promise<void> {
    return this.signIns.changePassword(caller, command, request.ip ?? '');
  }
}
