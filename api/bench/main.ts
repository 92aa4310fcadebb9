import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { loadTickets } from './data/load-tickets.js';
import { checkOpenFiles, describeMachine } from './machine.js';
import { type BenchOptions, readOptions, sizeName, USAGE } from './options.js';
import { API, BENCH_DATA, RESULTS } from './paths.js';
import { isMet } from './report/budget.js';
import { deliveryReport, fanOutReport, memoryReport } from './report/feed-report.js';
import type { Report } from './report/http-report.js';
import { writeReport } from './report/write-report.js';
import { runDelivery, runFanOut, runMemory } from './run-feed.js';
import { runHttp } from './run-http.js';
import { prepareWrites, runWrites } from './run-writes.js';
import { BenchServer } from './server/bench-server.js';

const tell = (part: string) => (progress: string) => console.error(`  ${part}: ${progress}`);

/** Measures, prints tables and leaves a JSON with every round. */
async function main(options: BenchOptions): Promise<void> {
  checkOpenFiles(Math.max(...options.sockets));
  const startedAt = new Date().toISOString();
  const server = await BenchServer.start(BENCH_DATA);
  // Not by way of the finally below: the server itself ends with this process.
  process.once('SIGINT', () => process.exit(130));
  try {
    const machine = describeMachine(server.version);
    console.log(
      `${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, Node ${machine.node}, ${machine.postgres}, durable; ` +
        `medians of ${options.rounds} rounds of ${options.seconds} s`,
    );
    const results: Record<string, unknown> = {
      startedAt,
      machine,
      options,
      loads: await load(server, options),
    };
    const reports: Report[] = [];
    const report = (...added: Report[]) => {
      for (const { text } of added) console.log(text);
      reports.push(...added);
    };
    if (options.parts.has('write')) await prepareWrites(server, options.sizes[0]!);
    if (options.parts.has('http')) {
      const http = await runHttp(server, options, tell('http'));
      results['http'] = http.figures;
      report(...http.reports);
    }
    if (options.parts.has('fanout')) {
      const fanOut = await runFanOut(server, options, tell('fanout'));
      results['fanOut'] = fanOut;
      report(fanOutReport(fanOut));
    }
    if (options.parts.has('memory')) {
      const memory = await runMemory(server, options, tell('memory'));
      results['memory'] = memory;
      report(memoryReport(memory));
    }
    if (options.parts.has('delivery')) {
      const delivery = await runDelivery(server, options, tell('delivery'));
      results['delivery'] = delivery;
      report(deliveryReport(delivery));
    }
    if (options.parts.has('write')) {
      const writes = await runWrites(server, options, tell('write'));
      results['writes'] = writes;
      report(writeReport(writes));
    }
    const budgets = reports.flatMap((part) => part.budgets);
    const file = await save(startedAt, { ...results, budgets });
    const met = budgets.filter(isMet).length;
    console.log(`\n${met} of ${budgets.length} budgets are met. All rounds: ${file}`);
  } finally {
    await server.stop();
  }
}

/** A database of each size. @returns how long each took, in seconds */
async function load(server: BenchServer, { sizes }: BenchOptions): Promise<Record<string, number>> {
  const loads: Record<string, number> = {};
  for (const size of sizes) {
    const connection = await server.create(`tickets_${size}`);
    const seconds = await loadTickets(connection, size);
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
else await main(readOptions(process.argv.slice(2)));
