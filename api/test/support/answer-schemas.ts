import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import type { Route } from '../../src/contract/routes.js';
import type { Answer } from './rest-client.js';

interface DescribedAnswer {
  readonly content?: Record<string, unknown>;
  readonly headers?: Record<string, { readonly required?: boolean }>;
}

interface Described {
  readonly paths: Record<string, Record<string, { responses: Record<string, DescribedAnswer> }>>;
}

const DOCUMENT = 'openapi.json';
const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** Compares answers with an OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12. */
export class AnswerSchemas {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(private readonly document: Described) {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, DOCUMENT);
  }

  /** What the document says otherwise than the answer; empty when they agree. */
  faults({ method, path }: Route, { status, headers, body }: Answer<unknown>): string[] {
    const operation = this.document.paths[path]?.[method];
    const described = operation?.responses[status];
    if (described === undefined) return [`${method} ${path} does not describe ${status}`];
    const missing = Object.entries(described.headers ?? {})
      .filter(([name, { required }]) => required === true && !headers.has(name))
      .map(([name]) => name);
    if (missing.length > 0) return missing.map((name) => `the header ${name} is missing`);
    if (described.content === undefined) return body === null ? [] : ['there should be no body'];
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (described.content[type] === undefined) return [`${type} is not described`];
    const pointer = ['paths', path, method, 'responses', String(status), 'content', type, 'schema'];
    const validate = this.#ajv.compile({ $ref: `${DOCUMENT}#/${pointer.map(escaped).join('/')}` });
    return validate(body) ? [] : (validate.errors ?? []).map(readable);
  }
}

const readable = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath} ${message} ${JSON.stringify(params)}`;
