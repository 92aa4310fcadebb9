import type { FieldError } from '../contract/problem.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: readonly string[];
}

/** Names the field of each issue; an unknown field is named itself, not the object that holds it. */
export function issuesToFields(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap(({ message, path = [], keys }) => {
    const parts = path.map((part) => String(typeof part === 'object' ? part.key : part));
    if (keys !== undefined) {
      return keys.map((key) => ({ field: [...parts, key].join('.'), message: 'is not known here' }));
    }
    return [{ field: parts.join('.') || 'body', message }];
  });
}
