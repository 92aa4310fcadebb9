import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { FrameRate } from './frame-rate.js';

/** How many of calls at these moments are allowed. */
const allowed = (rate: FrameRate, moments: readonly number[]): number => {
  let due = 0;
  let count = 0;
  for (const now of moments) {
    const next = rate.next(due, now);
    if (next === null) continue;
    due = next;
    count += 1;
  }
  return count;
};

describe('FrameRate', () => {
  it('allows a burst, and then what comes in time', () => {
    const rate = new FrameRate(20, 40);
    expect(allowed(rate, Array<number>(100).fill(1_000))).toBe(40);
    const steady = Array.from({ length: 1_000 }, (_, index) => 1_000 + index * 50);
    expect(allowed(rate, steady)).toBe(1_000);
  });

  it('never allows more than the burst and what time gives', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.nat({ max: 200 }), { minLength: 1 }),
        (perSecond, burst, pauses) => {
          let now = 0;
          const moments = pauses.map((pause) => (now += pause));
          const most = burst + Math.ceil(((now - moments[0]!) * perSecond) / 1_000 + 1e-6);
          expect(allowed(new FrameRate(perSecond, burst), moments)).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});
