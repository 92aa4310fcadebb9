import { describe, expect, it } from '@jest/globals';

import { Wakeup } from './wakeup.js';

const LONG_MS = 60_000;

describe('Wakeup', () => {
  it('is cut short by a wake', async () => {
    const wakeup = new Wakeup();
    const sleep = wakeup.sleep(LONG_MS);
    wakeup.wake();
    await sleep;
  });

  it('remembers a wake that came while nobody slept, once', async () => {
    const wakeup = new Wakeup();
    wakeup.wake();
    await wakeup.sleep(LONG_MS);
    let woke = false;
    const second = wakeup.sleep(LONG_MS).then(() => (woke = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(woke).toBe(false);
    wakeup.wake();
    await second;
  });

  it('remembers a wake that came during the rest that cannot be cut', async () => {
    const wakeup = new Wakeup();
    const sleep = wakeup.sleep(LONG_MS, { atLeastMs: 5 });
    wakeup.wake();
    await sleep;
  });
});
