import { Body, Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import { noQuery } from '../contract/queries.js';
import {
  type Me,
  type OpenDisplay,
  openDisplay,
  type ResetPassword,
  resetPassword,
  type SetUp,
  setUp,
  type SignIn,
  signIn,
} from '../contract/session.js';
import { Authenticator } from './authenticator.js';
import { clearCookie, DISPLAY_COOKIE, SESSION_COOKIE, setCookie } from './cookies.js';
import { DisplayDoor } from './display-door.js';
import { FirstAdmin } from './first-admin.js';
import { CurrentIdentity, type Identity } from './identity.js';
import { MeReader } from './me.js';
import { SignInService } from './sign-in.service.js';

const addressOf = (request: Request): string => request.ip ?? '';

/** The door: every way in and out. */
@Controller('api')
export class SessionController {
  constructor(
    private readonly signIns: SignInService,
    private readonly firstAdmin: FirstAdmin,
    private readonly displays: DisplayDoor,
    private readonly authenticator: Authenticator,
    private readonly me: MeReader,
  ) {}

  @Post('auth/sign-in/email')
  @HttpCode(200)
  async signIn(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: signIn }) command: SignIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    return this.#open(await this.signIns.signIn(command, addressOf(request)), request, response);
  }

  @Post('setup')
  async setUp(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: setUp }) command: SetUp,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    await this.firstAdmin.setUp(command);
    const { email, password } = command;
    return this.#open(await this.signIns.signIn({ email, password }, addressOf(request)), request, response);
  }

  @Post('auth/reset-password')
  @HttpCode(204)
  resetPassword(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: resetPassword }) command: ResetPassword,
    @Req() request: Request,
  ): Promise<void> {
    return this.signIns.resetPassword(command, addressOf(request));
  }

  @Post('auth/sign-out')
  @HttpCode(204)
  async signOut(
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() caller: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.signIns.signOut(caller, addressOf(request));
    clearCookie(request, response, SESSION_COOKIE);
    clearCookie(request, response, DISPLAY_COOKIE);
  }

  @Post('auth/sign-out-everywhere')
  @HttpCode(204)
  async signOutEverywhere(
    @Query({ schema: noQuery }) _query: object,
    @CurrentIdentity() caller: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.signIns.signOutEverywhere(caller, addressOf(request));
    clearCookie(request, response, SESSION_COOKIE);
  }

  @Post('displays/open')
  @HttpCode(200)
  async openDisplay(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: openDisplay }) { token }: OpenDisplay,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const display = await this.displays.open(token, addressOf(request));
    setCookie(request, response, DISPLAY_COOKIE, token);
    return this.me.read(display);
  }

  async #open(secret: string, request: Request, response: Response): Promise<Me> {
    setCookie(request, response, SESSION_COOKIE, secret);
    const cookie = `${SESSION_COOKIE}=${secret}`;
    return this.me.read(await this.authenticator.identify({ cookie }));
  }
}
