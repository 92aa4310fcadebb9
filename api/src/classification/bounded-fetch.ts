import { ModelError } from './classification.errors.js';

interface Bounds {
  /** The longest body that is read, in bytes. */
  readonly maxBytes: number;
  /** The longest wait that a server may ask for before a retry, in ms. */
  readonly maxWaitMs: number;
}

/**
 * A fetch for a server that is not trusted: a longer body fails while it is read, and an answer that asks
 * for a longer wait is marked as not worth a retry, so that the caller fails now rather than at its deadline.
 */
export function boundedFetch({ maxBytes, maxWaitMs }: Bounds): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const headers = new Headers(response.headers);
    // The SDK's own switch; it would otherwise wait for as long as it is told.
    if (retryAfterMs(headers) > maxWaitMs) headers.set('x-should-retry', 'false');
    const body = response.body?.pipeThrough(limit(maxBytes)) ?? null;
    return new Response(body, { status: response.status, statusText: response.statusText, headers });
  };
}

function limit(maxBytes: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) controller.error(new ModelError('malformed', 'body too large'));
      else controller.enqueue(chunk);
    },
  });
}

/** RFC 9110: seconds or a date. 0 when absent or neither. */
function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after');
  if (value === null) return 0;
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? wait : 0;
}
