import { Module } from '@nestjs/common';

import { AuditModule } from '../audit/audit.module.js';
import { DisplaysController } from './displays.controller.js';
import { DisplaysService } from './displays.service.js';
import { TokensController } from './tokens.controller.js';
import { TokensService } from './tokens.service.js';

/** What opens the desk beside a password. Needs Database and what AuthModule exports from global modules. */
@Module({
  imports: [AuditModule],
  controllers: [TokensController, DisplaysController],
  providers: [TokensService, DisplaysService],
})
export class CredentialsModule {}
