import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { withTimeout } from './with-timeout.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('withTimeout', () => {
  it('gives the answer that comes in time, and leaves no timer', async () => {
    expect(await withTimeout(Promise.resolve('answer'), 1_000, 'late')).toBe('answer');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('passes on a rejection that comes in time, and leaves no timer', async () => {
    await expect(withTimeout(Promise.reject(new Error('broken')), 1_000, 'late')).rejects.toThrow('broken');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives the fallback when the time is over, and ignores what comes later', async () => {
    const work = Promise.withResolvers<string>();
    const answer = withTimeout(work.promise, 1_000, 'late');
    await jest.advanceTimersByTimeAsync(999);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(await answer).toBe('late');
    jest.useRealTimers();
    // Were it nobody's, the test would fail by it.
    work.reject(new Error('too late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});
