import { Random } from '../../test/support/random.js';
import { processSeconds, serverSeconds } from '../metering/cpu-meter.js';
import { medianOf } from '../metering/median.js';
import type { Worker } from '../worker/worker.js';
import type { HttpLoad } from './http-load.js';
import type { BenchRequest } from './request.js';

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 0.5;
/** However fast the server: no measurement sends more. */
const LIMIT = 50_000;

/** A server under load. */
export interface Target {
  readonly kind: 'api' | 'floor';
  readonly size: number;
  readonly port: number;
  readonly pid: number;
}

/** One route on all targets. The requests are made anew for every measurement. */
export interface Course {
  readonly name: string;
  readonly requests: (size: number, random: Random) => Promise<readonly BenchRequest[]>;
}

/** One measurement; CPU in seconds per 1,000 requests, latencies in milliseconds. */
export interface HttpSample {
  readonly serverCpu: number;
  readonly databaseCpu: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly bytes: number;
  readonly failed: number;
}

export interface HttpFigures {
  readonly course: string;
  readonly kind: Target['kind'];
  readonly size: number;
  readonly median: HttpSample;
  readonly rounds: readonly HttpSample[];
}

export interface HttpPlan {
  readonly courses: readonly Course[];
  readonly targets: readonly Target[];
  readonly rounds: number;
  readonly seconds: number;
  /** Process id of the database server. */
  readonly postmaster: number;
  readonly tell: (progress: string) => void;
}

/**
 * Measures every course on every target, round after round, so that what else happens on the machine falls on all
 * alike; the order of targets turns with each round.
 */
export async function measureHttp(load: Worker<HttpLoad>, plan: HttpPlan): Promise<HttpFigures[]> {
  const samples = new Map<string, HttpSample[]>();
  const random = new Random(plan.rounds);
  for (let round = 0; round <= plan.rounds; round += 1) {
    plan.tell(round === 0 ? 'warming up' : `round ${round} of ${plan.rounds}`);
    for (const course of plan.courses) {
      for (const target of round % 2 === 0 ? plan.targets : plan.targets.toReversed()) {
        const requests = await course.requests(target.size, random);
        const seconds = round === 0 ? WARM_UP_SECONDS : plan.seconds;
        const sample = await measure(load, target, requests, seconds, plan.postmaster);
        if (sample.failed > 0) {
          throw new Error(`${sample.failed} requests of "${course.name}" to the ${target.kind} failed`);
        }
        const key = keyOf(course, target);
        if (round > 0) samples.set(key, [...(samples.get(key) ?? []), sample]);
      }
    }
  }
  return plan.courses.flatMap((course) =>
    plan.targets.map((target) => {
      const rounds = samples.get(keyOf(course, target))!;
      return { course: course.name, kind: target.kind, size: target.size, median: medians(rounds), rounds };
    }),
  );
}

const keyOf = (course: Course, target: Target) => `${course.name} ${target.kind} ${target.size}`;

async function measure(
  load: Worker<HttpLoad>,
  target: Target,
  requests: readonly BenchRequest[],
  seconds: number,
  postmaster: number,
): Promise<HttpSample> {
  const before = { server: processSeconds(target.pid), database: serverSeconds(postmaster) };
  const result = await load.call('run', {
    port: target.port,
    connections: CONNECTIONS,
    requests,
    seconds,
    limit: LIMIT,
  });
  const perThousand = (used: number) => (used / result.requests) * 1_000;
  return {
    serverCpu: perThousand(processSeconds(target.pid) - before.server),
    databaseCpu: perThousand(serverSeconds(postmaster) - before.database),
    perSecond: result.requests / result.seconds,
    p50: result.latency.p50,
    p95: result.latency.p95,
    p99: result.latency.p99,
    bytes: result.bytesPerAnswer,
    failed: result.failed,
  };
}

function medians(rounds: readonly HttpSample[]): HttpSample {
  const figures = Object.keys(rounds[0]!) as (keyof HttpSample)[];
  return Object.fromEntries(
    figures.map((figure) => [figure, medianOf(rounds, (sample) => sample[figure])]),
  ) as unknown as HttpSample;
}
