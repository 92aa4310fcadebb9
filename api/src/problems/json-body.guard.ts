import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';

import { ProblemError } from './problem-error.js';

/** Refuses a body in another format than JSON, which the parser has left unread. */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  /** @throws ProblemError `unsupported_media_type` */
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { body, headers } = request as { body: unknown; headers: Request['headers'] };
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (body !== undefined || !hasBody) return true;
    throw new ProblemError('unsupported_media_type', 'Send the body as application/json in UTF-8');
  }
}
