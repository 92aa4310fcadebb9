import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';

import type { FieldError } from '../contract/problem.js';
import { ProblemError } from './problem-error.js';

/** More faults than that are no help to anybody, and an answer must not be far larger than its request. */
const FIELDS_MAX = 100;

/** A Standard Schema issue; zod adds `keys` where an object has keys that it should not have. */
export interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: readonly string[];
}

/**
 * Names the field of each issue; an unknown field is named itself, not the object that holds it.
 * @param whole the name for the value as a whole: `body`, or the path parameter's own
 */
export function issuesToFields(issues: readonly Issue[], whole = 'body'): FieldError[] {
  return issues.flatMap(({ message, path = [], keys }) => {
    const parts = path.map((part) => String(typeof part === 'object' ? part.key : part));
    if (keys !== undefined) {
      return keys.map((key) => ({ field: [...parts, key].join('.'), message: 'is not known here' }));
    }
    return [{ field: parts.join('.') || whole, message }];
  });
}

/** The same for a query string, whose parameters are texts: what the schema makes of one has no name. */
function issuesToParameters(issues: readonly Issue[], query: unknown): FieldError[] {
  const given = query as Readonly<Record<string, unknown>>;
  return issuesToFields(issues.map((issue) => ({ ...issue, path: issue.path?.slice(0, 1) }))).map(
    ({ field, message }) => ({
      field,
      message: Array.isArray(given[field]) ? 'is given more than once' : message,
    }),
  );
}

/**
 * Checks every parameter that a controller gives a schema and hands on what the schema made of it.
 * Nest's own pipe would drop `__proto__` keys without a word and cannot tell a path parameter's name.
 */
@Injectable()
export class ContractPipe implements PipeTransform {
  /** @throws ProblemError `invalid` that names each field, up to a hundred */
  async transform(value: unknown, { schema, type, data }: ArgumentMetadata): Promise<unknown> {
    if (schema === undefined) return value;
    const result = await schema['~standard'].validate(value);
    if (result.issues === undefined) return result.value;
    const fields =
      type === 'query'
        ? issuesToParameters(result.issues, value)
        : issuesToFields(result.issues as readonly Issue[], data ?? type);
    throw ProblemError.fields(fields.slice(0, FIELDS_MAX));
  }
}
