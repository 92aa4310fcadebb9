import { STATUS_CODES } from 'node:http';

import type { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';

import { problem } from '../contract/problem.js';
import { type Route, routes } from '../contract/routes.js';

const HEADERS = {
  'If-Match': 'Apply only if the ticket is at this version: `"7"`.',
  'If-None-Match': 'Answer 304 if the ticket still is at this version: `"7"`.',
  'Idempotency-Key': 'The same call again with the same key returns the stored answer.',
} as const;

type Headers = NonNullable<Route['headers']>;

/** OpenAPI 3.1 of every route of the contract. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(name, route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Signalbox',
      version: '1',
      description: 'A live desk of support tickets. Errors are problem details (RFC 9457).',
    },
    paths,
  });
}

function operation(name: string, route: Route): ZodOpenApiOperationObject {
  return {
    operationId: name,
    summary: route.summary,
    requestParams: {
      ...(route.params === undefined ? {} : { path: route.params }),
      query: route.query as z.ZodObject,
    },
    parameters: (route.headers ?? ([] satisfies Headers)).map((header) => ({
      in: 'header',
      name: header,
      description: HEADERS[header],
      schema: { type: 'string' },
    })),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    responses: Object.fromEntries(
      Object.entries(route.responses).map(([status, body]) => [status, response(status, body)]),
    ),
  };
}

function response(status: string, body: z.ZodType | null) {
  const description = STATUS_CODES[status] ?? status;
  if (body === null) return { description };
  const type = body === problem ? 'application/problem+json' : 'application/json';
  return { description, content: { [type]: { schema: body } } };
}
