import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { ReadWaits } from './read-waits.js';

const always = () => true;

/** What has come of a wait so far. */
function watched(wait: Promise<void>): { over: boolean } {
  const state = { over: false };
  void wait.then(() => (state.over = true));
  return state;
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('ReadWaits', () => {
  it('waits for the next read, and leaves no timer', async () => {
    const waits = new ReadWaits();
    const wait = waits.next(1_000);
    waits.noteRead(0);
    await wait;
    expect(jest.getTimerCount()).toBe(0);
  });

  it('waits for the next read no longer than it was told', async () => {
    const wait = watched(new ReadWaits().next(1_000));
    await jest.advanceTimersByTimeAsync(999);
    expect(wait.over).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(wait.over).toBe(true);
  });

  it('is settled at once when all that was committed is read', async () => {
    const waits = new ReadWaits();
    await waits.settled(1_000, always);
    waits.noteWrite();
    waits.noteRead(waits.written);
    await waits.settled(1_000, always);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is settled by the first read that began after the commit, whatever is committed meanwhile', async () => {
    const waits = new ReadWaits();
    const begunBefore = waits.written;
    waits.noteWrite();
    const wait = watched(waits.settled(1_000, always));
    waits.noteRead(begunBefore);
    await jest.advanceTimersByTimeAsync(0);
    expect(wait.over).toBe(false);
    const begunAfter = waits.written;
    waits.noteWrite();
    waits.noteRead(begunAfter);
    await jest.advanceTimersByTimeAsync(0);
    expect(wait.over).toBe(true);
  });

  it('is settled no later than it was told, however many reads there are', async () => {
    const waits = new ReadWaits();
    waits.noteWrite();
    const wait = watched(waits.settled(1_000, always));
    for (let read = 0; read < 10; read += 1) {
      expect(wait.over).toBe(false);
      waits.noteRead(0);
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(wait.over).toBe(true);
  });

  it('is settled when it is not worth the wait any more', async () => {
    const waits = new ReadWaits();
    let wanted = true;
    waits.noteWrite();
    const wait = watched(waits.settled(1_000, () => wanted));
    wanted = false;
    waits.release();
    await jest.advanceTimersByTimeAsync(0);
    expect(wait.over).toBe(true);
  });
});
