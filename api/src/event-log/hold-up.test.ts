import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { HoldUp } from './hold-up.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const reader = () => ({ endIdleHolders: jest.fn(async (_idleMs: number) => 1) });

describe('HoldUp', () => {
  it('lasts from the first read that found it to the first that does not', async () => {
    const holdUp = new HoldUp(10_000);
    expect(holdUp.ms).toBe(0);
    holdUp.note(true);
    await jest.advanceTimersByTimeAsync(400);
    holdUp.note(true);
    expect(holdUp.ms).toBe(400);
    holdUp.note(false);
    expect(holdUp.ms).toBe(0);
  });

  it('ends idle holders when it has lasted too long, and looks for them only now and then', async () => {
    const holdUp = new HoldUp(10_000);
    const log = reader();
    holdUp.note(true);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await holdUp.endIdleHolders(log)).toBe(0);
    expect(log.endIdleHolders).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(await holdUp.endIdleHolders(log)).toBe(1);
    expect(log.endIdleHolders).toHaveBeenLastCalledWith(10_000);
    await jest.advanceTimersByTimeAsync(999);
    expect(await holdUp.endIdleHolders(log)).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(await holdUp.endIdleHolders(log)).toBe(1);
    expect(log.endIdleHolders).toHaveBeenCalledTimes(2);
  });

  it('goes on where the database does not allow it', async () => {
    const holdUp = new HoldUp(10);
    const log = reader();
    log.endIdleHolders.mockRejectedValue(new Error('not allowed'));
    holdUp.note(true);
    await jest.advanceTimersByTimeAsync(11);
    expect(await holdUp.endIdleHolders(log)).toBe(0);
  });
});
