import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { ModelError, type ModelFault } from './classification.errors.js';
import { ClassificationModel, type ModelAnswer } from './classification-model.js';
import { ModelGuard } from './model-guard.js';

const ANSWER: ModelAnswer = { category: 'billing', priority: 'high', confidence: 1, reason: null };
const LIMITS = { timeoutMs: 1_000, failures: 3, pauseMs: 30_000, concurrent: 2, waiting: 1 };

/** Answers as told; `hang` never does, and does not look at the signal. */
class ScriptedModel extends ClassificationModel {
  readonly name = 'scripted';
  behaviour: ModelFault | 'answer' | 'hang' | 'bug' = 'answer';
  calls = 0;

  override classify(): Promise<ModelAnswer> {
    this.calls += 1;
    if (this.behaviour === 'answer') return Promise.resolve(ANSWER);
    if (this.behaviour === 'hang') return new Promise(() => undefined);
    return Promise.reject(this.behaviour === 'bug' ? new TypeError('x') : new ModelError(this.behaviour));
  }
}

describe('ModelGuard', () => {
  let model: ScriptedModel;
  let guard: ModelGuard;
  let told: string[];

  /** The fault that a call ends with; `null` for an answer. */
  const faultOf = (call: Promise<ModelAnswer>) =>
    call.then(
      () => null,
      (error: ModelError) => error.fault,
    );
  const ask = () => faultOf(guard.classify('text'));
  const askTimes = async (times: number) => {
    for (let time = 0; time < times; time += 1) await ask();
  };

  beforeEach(() => {
    jest.useFakeTimers();
    model = new ScriptedModel();
    told = [];
    guard = new ModelGuard(model, LIMITS, {
      onPause: () => told.push('pause'),
      onResume: () => told.push('resume'),
    });
  });
  afterEach(() => void jest.useRealTimers());

  it('ends every call at the deadline, also of a model that does not look at the signal', async () => {
    model.behaviour = 'hang';
    const calls = Promise.all([ask(), ask(), ask()]);
    await jest.advanceTimersByTimeAsync(999);
    expect(model.calls).toBe(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(await calls).toEqual(['timeout', 'timeout', 'timeout']);
  });

  it('lets few calls at a time through, lets few wait, and turns the rest away at once', async () => {
    model.behaviour = 'hang';
    const held = [ask(), ask(), ask()];
    expect(await ask()).toBe('busy');
    await jest.advanceTimersByTimeAsync(1_000);
    await Promise.all(held);
    model.behaviour = 'answer';
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([null, null, null]);
  });

  it.each([
    'timeout',
    'unreachable',
    'rate_limited',
    'server_error',
    'malformed',
    'credentials',
    'bug',
  ] as const)('leaves the model alone after repeated %s, and tries it again later', async (behaviour) => {
    model.behaviour = behaviour;
    await askTimes(3);
    expect(guard.up).toBe(false);
    expect(await ask()).toBe('paused');
    expect(model.calls).toBe(3);

    jest.setSystemTime(Date.now() + 30_000);
    await ask();
    expect(model.calls).toBe(4);
    expect(await ask()).toBe('paused');

    jest.setSystemTime(Date.now() + 30_000);
    model.behaviour = 'answer';
    expect(await ask()).toBeNull();
    expect(guard.up).toBe(true);
    expect(told).toEqual(['pause', 'pause', 'resume']);
  });

  it.each(['refused', 'invalid', 'rejected'] as const)(
    'is not paused by texts that are %s',
    async (fault) => {
      model.behaviour = fault;
      await askTimes(10);
      expect(guard.up).toBe(true);
      expect(model.calls).toBe(10);
    },
  );

  it('counts faults in a row only', async () => {
    for (let round = 0; round < 5; round += 1) {
      model.behaviour = 'server_error';
      await askTimes(2);
      model.behaviour = 'answer';
      await ask();
    }
    expect(guard.up).toBe(true);
  });

  it('tries a paused model with one call, and makes nobody else wait for it', async () => {
    model.behaviour = 'server_error';
    await askTimes(3);
    jest.setSystemTime(Date.now() + 30_000);
    model.behaviour = 'hang';
    const trial = ask();
    await jest.advanceTimersByTimeAsync(0);
    expect(await ask()).toBe('paused');
    expect(model.calls).toBe(4);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await trial).toBe('timeout');
  });

  it('stops at once when told to, without a mark against the model', async () => {
    model.behaviour = 'hang';
    for (let round = 0; round < 3; round += 1) {
      const stop = new AbortController();
      const call = faultOf(guard.classify('text', stop.signal));
      await jest.advanceTimersByTimeAsync(0);
      stop.abort();
      expect(await call).toBe('stopped');
    }
    expect(await faultOf(guard.classify('text', AbortSignal.abort()))).toBe('stopped');
    expect(guard.up).toBe(true);
    expect(model.calls).toBe(3);
  });
});
