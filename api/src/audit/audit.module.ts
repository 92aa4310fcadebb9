import { Module } from '@nestjs/common';

import { Audit } from './audit.js';
import { AuditController } from './audit.controller.js';
import { AuditReader } from './audit-reader.js';

/** Needs Database from a global module. */
@Module({
  controllers: [AuditController],
  providers: [Audit, AuditReader],
  exports: [Audit],
})
export class AuditModule {}
