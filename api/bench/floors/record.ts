import { setTimeout as delay } from 'node:timers/promises';

import type { DatabaseConnection } from '../../src/database/connection.js';
import type { BenchRequest } from '../http/request.js';
import { ApiProcess } from '../server/api-process.js';
import { CALLER } from '../server/caller.js';
import type { RecordedAnswer, RecordedValue, Recording, TappedStatement } from './recorded.js';

/** After an answer, until nothing more of the request is on its way to the database. */
const QUIET_MS = 15;

/**
 * Asks the api each request once, alone, and notes the statements that it sends.
 * @param writes of each method one: what in its statements equals its id or a field of its body is a parameter
 */
export async function record(
  connection: DatabaseConnection,
  port: number,
  reads: readonly BenchRequest[],
  writes: readonly BenchRequest[],
): Promise<Recording> {
  const api = await ApiProcess.start(connection, {
    port,
    preload: [new URL('./statement-tap.js', import.meta.url)],
  });
  let tapped: TappedStatement[] = [];
  api.child.on('message', (statement: TappedStatement) => tapped.push(statement));
  const recording: Recording = new Map();
  try {
    // The first request of each kind also opens the pool's connection.
    await fetch(api.url + reads[0]!.path, { headers: CALLER });
    for (const request of [...reads, ...writes]) {
      await delay(QUIET_MS);
      tapped = [];
      const { status, body } = await ask(api.url, request);
      await delay(QUIET_MS);
      if (tapped.length === 0 && !request.path.endsWith('/stats')) {
        throw new Error(`No statement was seen of ${request.method} ${request.path}`);
      }
      const key = request.method === 'GET' ? `GET ${request.path}` : request.method;
      recording.set(key, answer(tapped, status, body, request));
    }
  } finally {
    await api.stop();
  }
  return recording;
}

async function ask(
  url: string,
  { method, path, body }: BenchRequest,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url + path, {
    method,
    headers: { ...CALLER, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return { status: response.status, body: await response.json() };
}

function answer(
  statements: readonly TappedStatement[],
  status: number,
  body: unknown,
  request: BenchRequest,
): RecordedAnswer {
  const inputs: [string, unknown][] = request.body === undefined ? [] : Object.entries(request.body);
  const id = /^\/api\/tickets\/(\d+)$/.exec(request.path)?.[1];
  if (id !== undefined) inputs.push(['id', Number(id)]);
  const recorded = (value: unknown): RecordedValue => {
    const input = request.method === 'GET' ? undefined : inputs.find(([, given]) => given === value);
    return input === undefined ? { value } : { field: input[0] };
  };
  return {
    statements: statements.map((statement) => ({ ...statement, values: statement.values.map(recorded) })),
    status,
    body: statements.length === 0 ? body : null,
  };
}
