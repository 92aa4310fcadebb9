import { describe, expect, it } from '@jest/globals';

import { operationKey } from './operation-key.js';
import { requestHash } from './request-hash.js';

const OP_ID = 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6';

describe('operationKey', () => {
  it('is what the header or the body says, or nothing', () => {
    expect(operationKey(undefined, undefined)).toBeNull();
    expect(operationKey(undefined, OP_ID)).toBe(OP_ID);
    expect(operationKey('any-key', undefined)).toBe('any-key');
    expect(operationKey(OP_ID, OP_ID)).toBe(OP_ID);
  });

  it('refuses two that differ, and what is no key', () => {
    expect(() => operationKey('other', OP_ID)).toThrow('op_id');
    for (const header of ['', 'two words', 'x'.repeat(256), 'ümlaut']) {
      expect(() => operationKey(header, undefined)).toThrow('Idempotency-Key');
    }
  });
});

describe('requestHash', () => {
  const hash = (request: unknown) => requestHash(request).toString('hex');

  it('does not depend on the order of fields', () => {
    expect(hash({ a: 1, b: { c: [1, 2], d: null } })).toBe(hash({ b: { d: null, c: [1, 2] }, a: 1 }));
  });

  it('tells other values, other places and other kinds apart', () => {
    const requests = [
      { a: 1 },
      { a: '1' },
      { a: null },
      { a: [1] },
      { b: 1 },
      { a: { b: 1 } },
      [['a', 1]],
      {},
    ];
    expect(new Set(requests.map(hash)).size).toBe(requests.length);
  });

  it('takes an absent field and an undefined one for the same', () => {
    expect(hash({ a: 1, b: undefined })).toBe(hash({ a: 1 }));
  });
});
