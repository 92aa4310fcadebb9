import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';

import { routeKey } from '../contract/route.js';
import { routes } from '../contract/routes.js';
import { ContractPipe } from './validation.js';

/** Routes that take no body, as the router knows them. */
const WITHOUT = new Set(
  Object.values(routes)
    .filter((route) => !('body' in route))
    .map(routeKey),
);
const nothing = z.strictObject({});

/** Refuses the fields of a body where the contract knows none; no body and `{}` are the same. */
@Injectable()
export class NoBodyGuard implements CanActivate {
  private readonly pipe = new ContractPipe();

  /** @throws ProblemError `invalid` that names the fields */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { path } = request.route as { path: string };
    if (request.body === undefined || !WITHOUT.has(`${request.method} ${path}`)) return true;
    await this.pipe.transform(request.body, { type: 'body', schema: nothing });
    return true;
  }
}
