import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { loadTickets } from './data/load-tickets.js';
import { checkOpenFiles, describeMachine } from './machine.js';
import { type BenchOptions, readOptions, sizeName, USAGE } from './options.js';
import { API, BENCH_DATA, RESULTS } from './paths.js';
import { isMet } from './report/budget.js';
import { deliveryReport, fanOutReport, memoryReport } from './report/feed-report.js';
import type { Report } from './report/http-report.js';
import { type Measured, readPublished, routeFigures, updatePublished } from './report/published.js';
import { publish } from './report/readme.js';
import { writeReport } from './report/write-report.js';
import { runDelivery, runFanOut, runMemory } from './run-feed.js';
import { type HttpRun, runHttp } from './run-http.js';
import { prepareWrites, runWrites } from './run-writes.js';
import { BenchServer } from './server/bench-server.js';

const tell = (part: string) => (progress: string) => console.error(`  ${part}: ${progress}`);

/** Measures, prints tables and leaves a JSON with every round. */
async function main(options: BenchOptions): Promise<void> {
  checkOpenFiles(Math.max(...options.sockets));
  const startedAt = new Date().toISOString();
  const server = await BenchServer.start(BENCH_DATA, options.keeps);
  // Not by way of the finally below: the server itself ends with this process.
  process.once('SIGINT', () => process.exit(130));
  try {
    const machine = describeMachine(server.version);
    console.log(
      `${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, Node ${machine.node}, ${machine.postgres}, durable; ` +
        `medians of ${options.rounds} rounds of ${options.seconds} s`,
    );
    const loads = await load(server, options);
    const { reports, http, ...parts } = await measure(server, options);
    const budgets = reports.flatMap((part) => part.budgets);
    const file = await save(startedAt, {
      startedAt,
      machine,
      options,
      loads,
      http: http?.figures,
      ...parts,
      budgets,
    });
    if (options.publishes) {
      const routes = http === undefined ? {} : { http: routeFigures(http.figures) };
      await publish(await updatePublished({ measuredAt: startedAt, machine, ...parts, ...routes }));
    }
    console.log(
      `\n${budgets.filter(isMet).length} of ${budgets.length} budgets are met. All rounds: ${file}`,
    );
  } finally {
    await server.stop();
  }
}

type Measurements = Omit<Measured, 'http'> & { readonly http?: HttpRun; readonly reports: Report[] };

/** The parts that are asked for, one after the other; prints each when it is there. */
async function measure(server: BenchServer, options: BenchOptions): Promise<Measurements> {
  const reports: Report[] = [];
  const print = (...added: readonly Report[]) => {
    for (const { text } of added) console.log(text);
    reports.push(...added);
  };
  const { parts } = options;
  let measured: Omit<Measurements, 'reports'> = {};
  if (parts.has('write')) await prepareWrites(server, options.sizes[0]!);
  if (parts.has('http')) {
    const http = await runHttp(server, options, tell('http'));
    measured = { ...measured, http };
    print(...http.reports);
  }
  if (parts.has('fanout')) {
    const fanOut = await runFanOut(server, options, tell('fanout'));
    measured = { ...measured, fanOut };
    print(fanOutReport(fanOut));
  }
  if (parts.has('memory')) {
    const memory = await runMemory(server, options, tell('memory'));
    measured = { ...measured, memory };
    print(memoryReport(memory));
  }
  if (parts.has('delivery')) {
    const delivery = await runDelivery(server, options, tell('delivery'));
    measured = { ...measured, delivery };
    print(deliveryReport(delivery));
  }
  if (parts.has('write')) {
    const writes = await runWrites(server, options, tell('write'));
    measured = { ...measured, writes };
    print(writeReport(writes));
  }
  return { ...measured, reports };
}

/** A database of each size, but for those that are there already. @returns how long each took, in seconds */
async function load(server: BenchServer, { sizes }: BenchOptions): Promise<Record<string, number>> {
  const loads: Record<string, number> = {};
  for (const size of sizes) {
    const database = `tickets_${size}`;
    if (await server.has(database)) continue;
    // Under another name until it is whole: a run may be interrupted.
    await server.drop('loading');
    const seconds = await loadTickets(
      await server.create('loading'),
      size,
      tell(`${sizeName(size)} tickets`),
    );
    await server.rename('loading', database);
    loads[sizeName(size)] = seconds;
    console.log(`loaded ${sizeName(size)} tickets in ${seconds.toFixed(1)} s`);
  }
  return loads;
}

async function save(startedAt: string, results: object): Promise<string> {
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `${startedAt.replaceAll(':', '-')}.json`);
  const plain = (_key: string, value: unknown) => (value instanceof Set ? [...value] : value);
  await writeFile(file, JSON.stringify(results, plain, 2));
  return relative(API, file);
}

if (process.argv.includes('--help')) console.log(USAGE);
else if (process.argv.includes('--chart')) await publish(await readPublished());
else await main(readOptions(process.argv.slice(2)));
