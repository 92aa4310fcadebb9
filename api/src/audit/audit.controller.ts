import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import { type AuditList, type AuditQuery, auditQuery } from '../contract/queries.js';
import { AuditReader } from './audit-reader.js';

@Controller('api/audit')
export class AuditController {
  constructor(private readonly audit: AuditReader) {}

  @Get()
  async list(
    @Query({ schema: auditQuery }) query: AuditQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuditList> {
    const { list, link } = await this.audit.list(query, request.originalUrl);
    response.setHeader('Link', link);
    return list;
  }
}
