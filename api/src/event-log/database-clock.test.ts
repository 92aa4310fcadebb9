import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { DatabaseClock } from './database-clock.js';

const MINUTE = 60_000;

describe('DatabaseClock', () => {
  let clock: DatabaseClock;

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-11-21T12:00:00Z') });
    clock = new DatabaseClock();
  });
  afterEach(() => void jest.useRealTimers());

  /** Asks a database whose clock is ahead, over a way that takes `there` and `back` milliseconds. */
  function ask(ahead: number, { there, back }: { there: number; back: number }): void {
    const asked = performance.now();
    jest.advanceTimersByTime(there);
    const said = performance.timeOrigin + performance.now() + ahead;
    jest.advanceTimersByTime(back);
    clock.look(said, asked, performance.now());
  }
  const ahead = () => clock.now() - performance.timeOrigin - performance.now();

  it('is this machine’s until the database says otherwise', () => {
    expect(ahead()).toBe(0);
    ask(0, { there: 1, back: 200 });
    expect(ahead()).toBe(0);
  });

  it('is as near to the database’s as its quickest answer was quick, whoever’s clock is wrong', () => {
    ask(-5 * MINUTE, { there: 40, back: 40 });
    expect(Math.abs(ahead() + 5 * MINUTE)).toBeLessThanOrEqual(40);
    ask(-5 * MINUTE, { there: 1, back: 1 });
    expect(Math.abs(ahead() + 5 * MINUTE)).toBeLessThanOrEqual(1);
  });

  it('stays what it was when an answer was heard late, and follows when the clock is set', () => {
    ask(MINUTE, { there: 1, back: 1 });
    const before = ahead();
    ask(MINUTE, { there: 1, back: 500 });
    expect(ahead()).toBe(before);
    ask(2 * MINUTE, { there: 1, back: 1 });
    expect(Math.abs(ahead() - 2 * MINUTE)).toBeLessThanOrEqual(1);
  });
});
