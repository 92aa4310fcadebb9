import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { RedisServer } from '../../test/support/redis-server.js';
import { loadTickets } from '../data/load-tickets.js';
import { describeMachine } from '../machine.js';
import { API, RESULTS, SOAK_DATA } from '../paths.js';
import { short } from '../report/budget.js';
import { table } from '../report/table.js';
import { BenchServer } from '../server/bench-server.js';
import { Cluster } from './cluster.js';
import { type HeapSample, heapSlope } from './heap-slope.js';
import { type Minute, MINUTE_HEADER, minuteLine } from './minute.js';
import { readOptions, type SoakOptions, USAGE } from './options.js';
import { Soak } from './soak.js';

/** At the beginning. */
const TICKETS = 2_000;
const INTERRUPTED = 130;
/** Of one check; the JSON has all. */
const FAULTS_SHOWN = 10;

/** Several processes under load and restarts. @returns the exit code: 1 when anything was not as SQL says */
async function main(options: SoakOptions): Promise<number> {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  try {
    return await soak(options, interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    console.error('\nInterrupted; everything that was started is ended.');
    return INTERRUPTED;
  }
}

async function soak(options: SoakOptions, signal: AbortSignal): Promise<number> {
  await using running = new AsyncDisposableStack();
  const server = running.adopt(await BenchServer.start(SOAK_DATA), (started) => started.stop());
  const connection = await server.create('soak');
  await loadTickets(connection, TICKETS);
  const redis = hasRedis() ? running.adopt(await RedisServer.start(), (started) => started.remove()) : null;
  const machine = describeMachine(server.version);
  console.log(
    `${options.minutes} min, seed ${options.seed}: ${options.processes} processes, ` +
      `${redis === null ? 'no Redis (redis-server is not installed)' : 'Redis'}, ${options.sockets} sockets, ` +
      `${options.rate} writes a second, a restart every ${short(options.restartSeconds)} s\n` +
      `${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, Node ${machine.node}, ${machine.postgres}\n\n` +
      MINUTE_HEADER,
  );
  signal.throwIfAborted();
  const cluster = running.adopt(
    new Cluster(connection, redis === null ? {} : { REDIS_URL: redis.url }, options.port),
    (started) => started.stop(),
  );
  await cluster.start(options.processes);
  signal.throwIfAborted();
  const minutes: Minute[] = [];
  const tell = (minute: Minute, faults: readonly string[]) => {
    minutes.push(minute);
    console.log(minuteLine(minute));
    for (const fault of faults.slice(0, FAULTS_SHOWN)) console.log(`  ${fault}`);
    if (faults.length > FAULTS_SHOWN) console.log(`  and ${faults.length - FAULTS_SHOWN} more`);
  };
  const plan = { options, cluster, connection, postmaster: server.pid, tickets: TICKETS, signal, tell };
  const soaking = running.use(new Soak(plan));
  await soaking.run();

  const { live, caughtUp, deeds, repeats, faults } = soaking;
  const lives = cluster.lives.map(({ process: index, samples }) => ({
    process: index,
    samples,
    slope: heapSlope(samples, options.warmUpSeconds),
  }));
  console.log(heapTable(lives, options));
  const percentiles = { live: live.percentiles(), caughtUp: caughtUp.percentiles() };
  const writes = [...deeds].map(([deed, count]) => `${deed} ${count}`).join(', ');
  console.log(
    `\nchange to receipt: live p50 ${short(percentiles.live.p50)} ms, p99 ${short(percentiles.live.p99)} ms; ` +
      `in a resume p50 ${short(percentiles.caughtUp.p50)} ms, p99 ${short(percentiles.caughtUp.p99)} ms\n` +
      `writes: ${writes}; made again after no answer: ${repeats}\n` +
      (faults.length === 0
        ? 'Every log, every ticket and every figure is as SQL says; drift 0, resets 0, nothing acknowledged is lost.'
        : `${faults.length} faults; repeat with --seed ${options.seed}`),
  );
  const results = { machine, options, minutes, lives, ...percentiles, deeds: [...deeds], repeats, faults };
  console.log(`All samples: ${await save(results)}`);
  return faults.length === 0 ? 0 : 1;
}

interface LifeFigures {
  readonly process: number;
  readonly samples: readonly HeapSample[];
  readonly slope: ReturnType<typeof heapSlope>;
}

function heapTable(lives: readonly LifeFigures[], { warmUpSeconds }: SoakOptions): string {
  const rows = lives.map(({ process: index, samples, slope }) => [
    `process ${index + 1}`,
    short((samples.at(-1)?.hours ?? 0) * 60),
    samples.length === 0 ? '' : short(samples[0]!.mb),
    samples.length === 0 ? '' : short(samples.at(-1)!.mb),
    samples.length === 0 ? '' : short(samples.at(-1)!.codeMb),
    slope === null ? 'too short' : slope.mbPerHour.toFixed(1),
    slope === null ? '' : slope.error.toFixed(1),
  ]);
  const title =
    'Heap after a full collection, each life of a process; without compiled code, slope by least squares ' +
    `after ${warmUpSeconds} s at an equal number of connections`;
  return table(title, ['life', 'minutes', 'first MB', 'last MB', 'code MB', 'MB/h', '±'], rows);
}

const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0;

async function save(results: object): Promise<string> {
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `soak-${new Date().toISOString().replaceAll(':', '-')}.json`);
  await writeFile(file, JSON.stringify(results, null, 2));
  return relative(API, file);
}

if (process.argv.includes('--help')) console.log(USAGE);
else process.exitCode = await main(readOptions(process.argv.slice(2)));
