import { describe, expect, it, jest } from '@jest/globals';

import { backoff, systemClock } from './clock.js';
import { FakeClock } from './testing/fake-clock.js';

describe('backoff', () => {
  it.each([
    [1, 500],
    [2, 1_000],
    [5, 8_000],
    [6, 10_000],
    [400, 10_000],
  ])('after %i failures is at most %i ms, and at least half of that', (failures, most) => {
    const delay = (random: number) => backoff(failures, new FakeClock(() => random));
    expect(delay(0)).toBe(most);
    expect(delay(0.999_999)).toBeGreaterThanOrEqual(most / 2);
  });
});

describe('the system clock', () => {
  it('runs once, unless it is called off', () => {
    jest.useFakeTimers();
    try {
      const run = jest.fn();
      systemClock.after(10, run);
      systemClock.after(10, run)();
      jest.advanceTimersByTime(50);
      expect(run).toHaveBeenCalledTimes(1);
    } finally {
      jest.useRealTimers();
    }
  });
});
