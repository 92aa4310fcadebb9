import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { Durations } from './durations.js';

const durationsOf = (values: readonly number[]): Durations => {
  const durations = new Durations();
  for (const value of values) durations.add(value);
  return durations;
};
/** The value at the nearest rank, as the definition has it. */
const exact = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(part * values.length) - 1]!;
/** From a millisecond to ten thousand years. */
const milliseconds = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 3e14 }));

describe('Durations', () => {
  it('are within 5 % of the exact median and 90th percentile', () => {
    fc.assert(
      fc.property(fc.array(milliseconds, { minLength: 1, maxLength: 200 }), (values) => {
        const { count, median_ms: median, p90_ms: p90 } = durationsOf(values).summary();
        expect(count).toBe(values.length);
        for (const [given, wanted] of [
          [median!, exact(values, 0.5)],
          [p90!, exact(values, 0.9)],
        ] as const) {
          expect(Math.abs(given - wanted)).toBeLessThanOrEqual(0.05 * wanted + 0.5);
        }
      }),
    );
  });

  it('are the same added up, by way of the database too, as all at once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(milliseconds, { maxLength: 50 }), { maxLength: 8 }), (parts) => {
        const stored = new Durations();
        const added = new Durations();
        for (const part of parts.map(durationsOf)) {
          const elements = part.stored();
          if (elements !== null) stored.addStored(elements.join(' '));
          added.addAll(part);
        }
        const whole = durationsOf(parts.flat()).summary();
        expect([stored.summary(), added.summary()]).toEqual([whole, whole]);
      }),
    );
  });

  it('of nothing are nothing', () => {
    expect(new Durations().summary()).toEqual({ count: 0, median_ms: null, p90_ms: null });
    expect(new Durations().stored()).toBeNull();
  });

  it('count what took no time, or less, as a moment', () => {
    expect(durationsOf([0, -5_000, 1]).summary()).toEqual({ count: 3, median_ms: 1, p90_ms: 1 });
  });
});
