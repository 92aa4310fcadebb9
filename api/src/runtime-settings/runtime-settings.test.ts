import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { Audit } from '../audit/audit.js';
import type { Database } from '../database/database.js';
import { RuntimeSettings } from './runtime-settings.js';

type Answer = () => Promise<{ name: string; value: unknown }[]>;

const OFF: Answer = () => Promise.resolve([{ name: 'classification_enabled', value: false }]);
const AWAY: Answer = () => Promise.reject(new Error('away'));
const HANGING: Answer = () => new Promise(() => undefined);

describe('RuntimeSettings.current', () => {
  let answer: Answer;
  let asked: number;
  let settings: RuntimeSettings;

  beforeEach(() => {
    jest.useFakeTimers();
    asked = 0;
    const query = () => {
      asked += 1;
      return answer();
    };
    settings = new RuntimeSettings({ query } as unknown as Database, {} as Audit);
  });
  afterEach(() => void jest.useRealTimers());

  const enabled = async () => (await settings.current()).classification_enabled;

  it('reads at most once in 3 s, however many ask', async () => {
    answer = OFF;
    expect(await Promise.all([enabled(), enabled(), enabled()])).toEqual([false, false, false]);
    jest.advanceTimersByTime(2_999);
    expect(await enabled()).toBe(false);
    expect(asked).toBe(1);
    jest.advanceTimersByTime(1);
    await enabled();
    expect(asked).toBe(2);
  });

  it('goes by what was known last while the database is away, and does not ask it at each call', async () => {
    answer = AWAY;
    expect(await enabled()).toBe(true);
    answer = OFF;
    expect(await enabled()).toBe(true);
    jest.advanceTimersByTime(3_000);
    expect(await enabled()).toBe(false);
    jest.advanceTimersByTime(3_000);
    answer = AWAY;
    expect(await enabled()).toBe(false);
    expect(asked).toBe(3);
  });

  it('waits a quarter of a second for a database that does not answer', async () => {
    answer = HANGING;
    const waiting = enabled();
    await jest.advanceTimersByTimeAsync(250);
    expect(await waiting).toBe(true);
  });
});
