import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { getReady } from './health.js';

const answer = (status: number, body: unknown) =>
  jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(JSON.stringify(body), { status }));
const down = {
  status: 'down',
  stopping: false,
  checks: { database: 'down', feed: 'up', classifier: 'off', redis: 'off' },
};

afterEach(() => void jest.restoreAllMocks());

describe('the readiness of the server', () => {
  it('is an answer also when something is down', async () => {
    answer(503, down);
    await expect(getReady()).resolves.toEqual(down);
  });

  it('is none when the server refuses, or when it is a proxy that answers', async () => {
    answer(503, { type: 'about:blank', title: 'No', status: 503, detail: '', code: 'unavailable' });
    await expect(getReady()).rejects.toMatchObject({ name: 'ProblemError', status: 503 });
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('<h1>503</h1>', { status: 503 }));
    await expect(getReady()).rejects.toMatchObject({ name: 'ProblemError', code: 'unavailable' });
  });

  it('is none with another status', async () => {
    answer(500, down);
    await expect(getReady()).rejects.toMatchObject({ status: 500 });
  });
});
