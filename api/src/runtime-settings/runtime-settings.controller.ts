import { Body, Controller, Get, Ip, Patch, Query } from '@nestjs/common';

import { CurrentIdentity, type Identity } from '../auth/identity.js';
import { type PatchSettings, patchSettings, type Settings } from '../contract/administration.js';
import { noQuery } from '../contract/queries.js';
import { RuntimeSettings } from './runtime-settings.js';

@Controller('api/settings')
export class RuntimeSettingsController {
  constructor(private readonly settings: RuntimeSettings) {}

  @Get()
  read(@Query({ schema: noQuery }) _query: object): Promise<Settings> {
    return this.settings.read();
  }

  @Patch()
  change(
    @Query({ schema: noQuery }) _query: object,
    @Body({ schema: patchSettings }) command: PatchSettings,
    @CurrentIdentity() caller: Identity,
    @Ip() address: string,
  ): Promise<Settings> {
    return this.settings.change(command, caller, address);
  }
}
