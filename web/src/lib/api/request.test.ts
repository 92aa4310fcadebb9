import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { isPassing, NetworkError, ProblemError } from './errors.js';
import { request } from './request.js';
import { followList, listTickets, patchTicket } from './tickets.js';

const fetched = jest.spyOn(globalThis, 'fetch');
const json = (body: unknown, init: ResponseInit = {}) => new Response(JSON.stringify(body), init);

afterEach(() => {
  fetched.mockReset();
});

describe('request', () => {
  it('writes lists as comma lists and leaves out what is absent', async () => {
    fetched.mockResolvedValue(json({ results: [] }));
    await listTickets({ status: ['open', 'closed'], category: [], search: 'a&b', page: undefined });
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/tickets?status=open%2Cclosed&search=a%26b');
  });

  it('follows a link whatever host it names', async () => {
    fetched.mockResolvedValue(json({ results: [] }));
    await followList('http://elsewhere/api/tickets?cursor=abc');
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/tickets?cursor=abc');
  });

  it('sends a body as JSON', async () => {
    fetched.mockResolvedValue(json({ id: 1 }));
    await patchTicket(1, { status: 'closed', base_version: 3 });
    const init = fetched.mock.calls[0]?.[1];
    expect(init).toMatchObject({ method: 'PATCH', body: '{"status":"closed","base_version":3}' });
    expect(new Headers(init?.headers).get('content-type')).toBe('application/json');
  });

  it('answers undefined when there is no body', async () => {
    fetched.mockResolvedValue(new Response(null, { status: 204 }));
    expect(await request('DELETE', '/api/tickets/1')).toBeUndefined();
  });

  it('decodes a problem with its fields', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Invalid',
      status: 400,
      detail: 'The body is invalid',
      code: 'invalid',
      errors: [{ field: 'title', message: 'must not be empty' }],
    };
    fetched.mockResolvedValue(json(problem, { status: 400 }));
    const error = await request('POST', '/api/tickets', { body: {} }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    const refused = error as ProblemError;
    expect(refused).toMatchObject({ status: 400, code: 'invalid', message: 'The body is invalid' });
    expect(refused.messageFor('title')).toBe('must not be empty');
    expect(refused.messageFor('description')).toBeUndefined();
    expect(isPassing(refused)).toBe(false);
  });

  it("takes a proxy's HTML for a passing problem, with its delay", async () => {
    fetched.mockResolvedValue(
      new Response('<h1>Bad Gateway</h1>', { status: 502, headers: { 'retry-after': '7' } }),
    );
    const error = await request('GET', '/api/tickets').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 502, code: 'unavailable', retryAfterMs: 7_000 });
    expect(isPassing(error)).toBe(true);
  });

  it('takes a success that is not JSON for no answer', async () => {
    fetched.mockResolvedValue(new Response('<h1>Please sign in to the Wi-Fi</h1>'));
    await expect(request('GET', '/api/tickets')).rejects.toBeInstanceOf(NetworkError);
  });

  it('takes a failed fetch for no answer', async () => {
    fetched.mockRejectedValue(new TypeError('fetch failed'));
    const error = await request('GET', '/api/tickets').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NetworkError);
    expect(isPassing(error)).toBe(true);
  });

  it("throws the caller's own reason when the caller gave up", async () => {
    const reason = new Error('left the page');
    const controller = new AbortController();
    controller.abort(reason);
    fetched.mockImplementation((_url, init) => Promise.reject(init?.signal?.reason as Error));
    await expect(request('GET', '/api/tickets', { signal: controller.signal })).rejects.toBe(reason);
  });
});
