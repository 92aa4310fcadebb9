import { describe, expect, it } from '@jest/globals';

import { Signal } from './signal.js';

describe('a signal', () => {
  it('[N2] tells each other value, and no value twice in a row', () => {
    const signal = new Signal(1);
    const heard: number[] = [];
    const stop = signal.subscribe(() => heard.push(signal.value));
    for (const value of [1, 2, 2, 3]) signal.set(value);
    stop();
    signal.set(4);
    expect(heard).toEqual([2, 3]);
    expect(signal.value).toBe(4);
  });

  it('may lose listeners while it tells', () => {
    const signal = new Signal(1);
    let heard = 0;
    const stops = [1, 2].map(() =>
      signal.subscribe(() => {
        heard += 1;
        for (const stop of stops) stop();
      }),
    );
    signal.set(2);
    signal.set(3);
    expect(heard).toBe(2);
  });
});
