import { ProblemError } from '../problems/problem-error.js';

const KEY = /^[\x21-\x7e]{1,255}$/;
/** The same in any letter case. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The key under which a write is repeatable; null when the caller gave none.
 * @param header `Idempotency-Key`
 * @throws ProblemError `invalid` when the header is no key, or is another one than the body's `op_id`
 */
export function operationKey(header: string | undefined, opId: string | undefined): string | null {
  if (header === undefined) return opId ?? null;
  if (!KEY.test(header)) {
    throw ProblemError.field('Idempotency-Key', 'must be 1 to 255 visible ASCII characters');
  }
  const key = UUID.test(header) ? header.toLowerCase() : header;
  if (opId !== undefined && opId !== key) {
    throw ProblemError.field('op_id', 'is another one than the Idempotency-Key');
  }
  return key;
}
