import { Module } from '@nestjs/common';

import { Audit } from './audit.js';
import { AuditController } from './audit.controller.js';
import { AuditReader } from './audit-reader.js';
import { AuditRetention } from './audit-retention.js';

/** Needs ENVIRONMENT and Database from global modules. */
@Module({
  controllers: [AuditController],
  providers: [Audit, AuditReader, AuditRetention],
  exports: [Audit],
})
export class AuditModule {}
