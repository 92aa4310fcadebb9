import { describe, expect, it } from '@jest/globals';

import { isAway } from './background-database.js';

const coded = (code?: string) => Object.assign(new Error('x'), code === undefined ? {} : { code });

describe('isAway', () => {
  it.each(['57P01', '57P03', '08006', '53300', 'ECONNREFUSED', 'EPIPE', 'ENOENT', undefined])(
    'is so for %s',
    (code) => {
      expect(isAway(coded(code))).toBe(true);
    },
  );

  it.each(['42P01', '23505', '40001', '57014', 'XX000'])('is not so for %s', (code) => {
    expect(isAway(coded(code))).toBe(false);
  });
});
