import { Latencies, type Percentiles } from '../metering/latencies.js';
import { serve } from '../worker/serve.js';
import { Connection } from './connection.js';
import { type BenchRequest, requestBytes } from './request.js';

export interface LoadJob {
  readonly port: number;
  readonly connections: number;
  /** Dealt out to the connections in turn, again and again; where their number is a multiple, each has its own. */
  readonly requests: readonly BenchRequest[];
  /** The end: after so many seconds, or so many requests. */
  readonly seconds: number;
  readonly limit: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Answers that were no 2xx. */
  readonly failed: number;
  readonly bytesPerAnswer: number;
  readonly latency: Percentiles;
}

/** Sends requests over keep-alive connections, one at a time each, as fast as they are answered. */
async function run({ port, connections, requests, seconds, limit }: LoadJob): Promise<LoadResult> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const latencies = new Latencies();
  let bytes = 0;
  let failed = 0;
  let sent = 0;
  const prepared = requests.map(requestBytes);
  const begun = performance.now();
  const deadline = begun + seconds * 1_000;
  await Promise.all(
    open.map(async (connection, index) => {
      for (let turn = 0; performance.now() < deadline && sent < limit; turn += 1) {
        sent += 1;
        const sentAt = performance.now();
        const answer = await connection.send(prepared[(index + turn * connections) % prepared.length]!);
        latencies.add(performance.now() - sentAt);
        bytes += answer.bytes;
        if (answer.status < 200 || answer.status > 299) failed += 1;
      }
    }),
  );
  const took = (performance.now() - begun) / 1_000;
  for (const connection of open) connection.close();
  return {
    requests: latencies.count,
    seconds: took,
    failed,
    bytesPerAnswer: Math.round(bytes / latencies.count),
    latency: latencies.percentiles(),
  };
}

const served = { run };
export type HttpLoad = typeof served;
serve(served);
