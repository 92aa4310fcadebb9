import { STATUS_CODES } from 'node:http';

import type { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';

import { comment } from '../contract/comments.js';
import { problem } from '../contract/problem.js';
import {
  apiTokenList,
  auditList,
  commentList,
  displayList,
  personList,
  ticketHistory,
  ticketList,
} from '../contract/queries.js';
import { type Route, routes } from '../contract/routes.js';
import { ticket } from '../contract/ticket.js';

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
    responses: {
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, body]) => [status, response(status, body)]),
      ),
      default: { description: 'Any other problem', ...content(problem) },
    },
  };
}

function response(status: string, body: z.ZodType | null): ZodOpenApiResponseObject {
  const described = { description: STATUS_CODES[status] ?? status, headers: headersOf(status, body) };
  return body === null ? described : { ...described, ...content(body) };
}

const content = (body: z.ZodType) => ({
  content: { [body === problem ? 'application/problem+json' : 'application/json']: { schema: body } },
});

const LISTS: ReadonlySet<z.ZodType | null> = new Set([
  ticketList,
  ticketHistory,
  commentList,
  personList,
  apiTokenList,
  displayList,
  auditList,
]);
/** A ticket, or a receipt for who may not read it. */
const SUBMITTED = routes.createTicket.responses[201];

/** Headers that an answer has beside its body, always but where they say otherwise. */
function headersOf(status: string, body: z.ZodType | null): NonNullable<ZodOpenApiResponseObject['headers']> {
  return {
    ...(body === ticket || status === '304' ? { ETag: header('The version: `"7"`.') } : {}),
    ...(body === comment ? { Location: header('The path of what was made.') } : {}),
    ...(body === SUBMITTED
      ? {
          Location: { ...header('The path of the ticket; not of a receipt.'), required: false },
          ETag: { ...header('The version: `"1"`; not of a receipt.'), required: false },
        }
      : {}),
    ...(LISTS.has(body) ? { Link: header('The pages `next`, `prev` and `first` (RFC 8288).') } : {}),
    ...(status === '302' ? { Location: header('Where to go on.') } : {}),
    ...(body === problem && (status === '429' || status === '503')
      ? { 'Retry-After': header('Seconds.') }
      : {}),
    ...(status === '429'
      ? {
          RateLimit: header('What is left of each quota, and the seconds until it is whole.'),
          'RateLimit-Policy': header('Each quota and its window in seconds.'),
        }
      : {}),
  };
}

const header = (description: string) => ({
  description,
  required: true,
  schema: { type: 'string' } as const,
});
