import { describe, expect, it } from '@jest/globals';

import { duration, shortAge } from './age.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('shortAge', () => {
  it.each([
    [0, 'now'],
    [MINUTE - 1, 'now'],
    [MINUTE, '1m'],
    [60 * MINUTE - 1, '59m'],
    [60 * MINUTE, '1h'],
    [DAY, '1d'],
    [364 * DAY, '364d'],
    [730 * DAY, '2y'],
  ])('%d ms is %s', (ms, said) => {
    expect(shortAge(1_000_000, 1_000_000 + ms)).toBe(said);
  });

  it('says "now" of what a faster clock put into the future', () => {
    expect(shortAge(5_000, 0)).toBe('now');
  });
});

describe('duration', () => {
  it.each([
    [400, '0 s'],
    [59_400, '59 s'],
    [3 * MINUTE, '3 min'],
    [150 * MINUTE, '2 h'],
  ])('%d ms is %s', (ms, said) => {
    expect(duration(ms)).toBe(said);
  });
});
