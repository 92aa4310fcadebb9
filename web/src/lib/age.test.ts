import { describe, expect, it } from '@jest/globals';

import { duration, exactTime, shortAge, timeOfDay } from './age.js';

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

describe('a time of the day', () => {
  it('is of 24 hours, as on the wall', () => {
    const afternoon = new Date(2026, 0, 5, 14, 5, 9);
    expect(timeOfDay(afternoon.getTime())).toBe('14:05:09');
    expect(exactTime(afternoon.toISOString())).toContain('14:05:09');
    expect(timeOfDay(new Date(2026, 0, 5, 0, 1, 2).getTime())).toBe('00:01:02');
  });
});
