import { describe, expect, it } from '@jest/globals';

import { Random } from '../random.js';
import { Arrivals } from './arrivals.js';

const MINUTE_MS = 60_000;
const STEP_MS = 1_000;

/** When tickets arrive in so many minutes, asked for every second; minutes of those in a burst. */
function run(minutes: number) {
  const arrivals = new Arrivals(new Random(4), 0);
  const at: number[] = [];
  const burst: number[] = [];
  for (let now = 0; now < minutes * MINUTE_MS; now += STEP_MS) {
    const about = arrivals.due(now);
    if (about === null) continue;
    at.push(now);
    if (about !== 'ordinary') burst.push(now);
    arrivals.arrived(now);
  }
  return { at, burst };
}

describe('arrivals', () => {
  it('begin at once and come a few times a minute', () => {
    const { at } = run(1);
    expect(at[0]).toBe(0);
    expect(at.length).toBeGreaterThan(3);
    expect(at.length).toBeLessThan(16);
  });

  it('bring a burst about the same within one and a half minutes', () => {
    const { burst } = run(2);
    expect(burst.length).toBeGreaterThanOrEqual(4);
    expect(burst.length).toBeLessThanOrEqual(7);
    expect(burst[0]).toBeLessThan(90_000);
    expect(burst.at(-1)! - burst[0]!).toBe((burst.length - 1) * STEP_MS);
  });

  it('become fewer, so that a desk that runs for a week keeps its size', () => {
    const { at } = run(7 * 24 * 60);
    expect(at.length).toBeGreaterThan(500);
    expect(at.length).toBeLessThan(2_500);
    expect(at.filter((moment) => moment > 6 * 24 * 60 * MINUTE_MS).length).toBeGreaterThan(20);
  });
});
