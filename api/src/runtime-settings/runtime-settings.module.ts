import { Module } from '@nestjs/common';

import { AuditModule } from '../audit/audit.module.js';
import { RuntimeSettings } from './runtime-settings.js';
import { RuntimeSettingsController } from './runtime-settings.controller.js';

/** Needs Database from a global module. */
@Module({
  imports: [AuditModule],
  controllers: [RuntimeSettingsController],
  providers: [RuntimeSettings],
  exports: [RuntimeSettings],
})
export class RuntimeSettingsModule {}
