import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import { RecurringTask } from './recurring-task.js';

Logger.overrideLogger(false);

describe('RecurringTask', () => {
  it('runs again and again, after a failure too, and never twice at once', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const enough = Promise.withResolvers<void>();
    const task = new RecurringTask('Test', 2, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 7));
      running -= 1;
      runs += 1;
      if (runs === 4) enough.resolve();
      if (runs % 2 === 0) throw new Error('on purpose');
    });
    task.start();
    await enough.promise;
    await task.stop();
    expect(most).toBe(1);
    expect(running).toBe(0);
  });

  it('waits at its stop for the run under way, and starts none after', async () => {
    const work = Promise.withResolvers<void>();
    const run = jest.fn(() => work.promise);
    const task = new RecurringTask('Test', 60_000, run);
    task.start('now');
    let stopped = false;
    const stop = task.stop().then(() => (stopped = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    work.resolve();
    await stop;
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('has its first run soon, at another moment each time, and then goes on', async () => {
    jest.useFakeTimers();
    const firsts = new Set<number>();
    try {
      for (let n = 0; n < 5; n += 1) {
        const begun = Date.now();
        const runs: number[] = [];
        const task = new RecurringTask('Test', 600_000, async () => runs.push(Date.now() - begun));
        task.start('soon');
        await jest.advanceTimersByTimeAsync(1_500_000);
        await task.stop();
        await jest.advanceTimersByTimeAsync(1_500_000);
        const [first] = runs as [number];
        expect(runs).toEqual([first, first + 600_000, first + 1_200_000]);
        expect(first).toBeGreaterThanOrEqual(60_000);
        expect(first).toBeLessThanOrEqual(120_000);
        firsts.add(first);
      }
    } finally {
      jest.useRealTimers();
    }
    expect(firsts.size).toBeGreaterThan(1);
  });

  it('has no run when it is stopped before the first', async () => {
    jest.useFakeTimers();
    try {
      const run = jest.fn(async () => undefined);
      const task = new RecurringTask('Test', 60_000, run);
      task.start('soon');
      await task.stop();
      await jest.advanceTimersByTimeAsync(600_000);
      expect(run).not.toHaveBeenCalled();
    } finally {
      jest.useRealTimers();
    }
  });
});
