import { describe, expect, it } from '@jest/globals';

import { gatherMs } from './flush-policy.js';

describe('gatherMs', () => {
  it.each([
    [1, 0, 25],
    [499, 1, 25],
    [500, 1, 50],
    [10, 40, 80],
    [5_000, 400, 500],
  ])('with %i sockets after a broadcast of %i ms waits %i ms', (sockets, cost, expected) => {
    expect(gatherMs(sockets, cost)).toBe(expected);
  });
});
