import { TOKEN } from '../server/caller.js';

/** A request of the benchmark. */
export interface BenchRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** With the query. */
  readonly path: string;
  readonly body?: object;
}

/** The request as it goes over a keep-alive connection. */
export function requestBytes({ method, path, body }: BenchRequest): Buffer {
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nAuthorization: Bearer ${TOKEN}\r\n`;
  if (body === undefined) return Buffer.from(`${head}\r\n`);
  const json = JSON.stringify(body);
  const length = Buffer.byteLength(json);
  return Buffer.from(`${head}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${json}`);
}
