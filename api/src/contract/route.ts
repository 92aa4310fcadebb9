import { z } from 'zod';

import type { Capability } from './access.js';
import { problem } from './problem.js';

/** What a route takes and answers. `responses` maps a status to its body; null: no body. */
export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** OpenAPI style: `/api/tickets/{id}`. */
  readonly path: string;
  readonly summary: string;
  /** Who may call it: see `access.ts`. */
  readonly access: Capability;
  readonly params?: z.ZodObject;
  readonly query: z.ZodType;
  readonly headers?: readonly ('If-Match' | 'If-None-Match' | 'Idempotency-Key')[];
  readonly body?: z.ZodType;
  readonly responses: Readonly<Record<number, z.ZodType | null>>;
}

/** A route as a router knows it: `GET /api/tickets/:id`. */
export const routeKey = ({ method, path }: Pick<Route, 'method' | 'path'>): string =>
  `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;

/** The problems that a route may answer, by status. */
export const problems = <const Statuses extends readonly number[]>(...statuses: Statuses) =>
  Object.fromEntries(statuses.map((status) => [status, problem])) as Record<Statuses[number], typeof problem>;
