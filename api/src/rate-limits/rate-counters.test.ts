import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { readEnvironment } from '../config/environment.js';
import { RateCounters } from './rate-counters.js';

const LIMIT = 3;
const CALL = { policy: 'sign-in', key: 'somebody' } as const;

describe('RateCounters', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const started = () => new RateCounters(readEnvironment({ RATE_LIMIT_SIGN_IN: String(LIMIT) }), null, 60);
  const allowed = async (counters: RateCounters) => {
    for (let taken = 0; ; taken += 1) if ((await counters.take(CALL)).exceeded) return taken;
  };

  it('gives a call back to its own window', async () => {
    const counters = started();
    for (let n = 0; n < 10 * LIMIT; n += 1) await counters.giveBack(await counters.take(CALL));
    expect(await allowed(counters)).toBe(LIMIT);
  });

  it('gives nothing to the window after it', async () => {
    const counters = started();
    const tallies = await Promise.all(Array.from({ length: LIMIT }, () => counters.take(CALL)));
    jest.advanceTimersByTime(60_001);
    for (const tally of tallies) await counters.giveBack(tally);
    expect(await allowed(counters)).toBe(LIMIT);
  });
});
