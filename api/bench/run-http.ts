import { Random } from '../test/support/random.js';
import { record } from './floors/record.js';
import type { ExpressFloor } from './floors/express-floor.js';
import { SocketFleet } from './feed/socket-fleet.js';
import { type Course, type HttpFigures, measureHttp, type Target } from './http/http-bench.js';
import type { HttpLoad } from './http/http-load.js';
import { laterPages } from './http/later-pages.js';
import { patchRequests } from './http/patches.js';
import { type BenchRoute, CREATE, type Desk, PATCH_BUDGET, READ_ROUTES } from './http/routes.js';
import { chooseSearchWords } from './http/search-words.js';
import type { BenchOptions } from './options.js';
import { type CourseBudget, growthReport, httpReport, type Report } from './report/http-report.js';
import { ApiProcess } from './server/api-process.js';
import type { BenchServer } from './server/bench-server.js';
import { Worker } from './worker/worker.js';

/** Sockets that listen to each api meanwhile: the figures are taken with the feed at work. */
const LISTENERS = 10;
const SEED = 4_600;

export interface HttpRun {
  readonly figures: readonly HttpFigures[];
  readonly reports: readonly Report[];
}

/** All sizes at once, each with its api and its floor, on databases `tickets_<size>`. */
export async function runHttp(
  server: BenchServer,
  options: BenchOptions,
  tell: (progress: string) => void,
): Promise<HttpRun> {
  await using running = new AsyncDisposableStack();
  const wanted = ({ name }: { name: string }) =>
    options.routes.length === 0 || options.routes.some((route) => name.startsWith(route));
  const search = chooseSearchWords(options.sizes[0]!);
  const reads = READ_ROUTES.filter(wanted);
  const writes = [CREATE].filter(wanted);
  const targets: Target[] = [];
  const desks = new Map<number, Desk>();
  let port = options.port;

  for (const size of options.sizes) {
    tell(`recording the api's statements at ${size}`);
    const connection = server.connection(`tickets_${size}`);
    const api = running.adopt(await ApiProcess.start(connection, { port: port++ }), (started) =>
      started.stop(),
    );
    const fleet = running.adopt(new SocketFleet(), (started) => started.stop());
    await fleet.open({ port: api.port, sockets: LISTENERS, feed: true });
    const desk = { size, search, laterPages: await laterPages(api.url) };
    desks.set(size, desk);

    const requests = reads.flatMap((route) => route.requests(desk, new Random(SEED)));
    const patch = (await patchRequests(connection, size, new Random(SEED)))[0]!;
    const recording = await record(connection, port++, requests, [
      CREATE.requests(desk, new Random(SEED))[0]!,
      patch,
    ]);
    const floor = running.adopt(
      Worker.start<ExpressFloor>(new URL('./floors/express-floor.js', import.meta.url)),
      (started) => started.stop(),
    );
    await floor.call('listen', { connection, port, recording });
    targets.push({ kind: 'api', size, port: api.port, pid: api.pid });
    targets.push({ kind: 'floor', size, port: port++, pid: floor.pid });
  }

  const course = ({ name, requests }: BenchRoute): Course => ({
    name,
    // The floor knows the requests that were recorded, so reads are the same every time.
    requests: async (size, random) =>
      requests(desks.get(size)!, name === CREATE.name ? random : new Random(SEED)),
  });
  const patch: Course = {
    name: PATCH_BUDGET.name,
    requests: (size, random) => patchRequests(server.connection(`tickets_${size}`), size, random),
  };
  const load = running.adopt(
    Worker.start<HttpLoad>(new URL('./http/http-load.js', import.meta.url)),
    (started) => started.stop(),
  );
  const figures = await measureHttp(load, {
    courses: [...[...reads, ...writes].map(course), ...[patch].filter(wanted)],
    targets,
    rounds: options.rounds,
    seconds: options.seconds,
    postmaster: server.pid,
    tell,
  });
  const budgets: CourseBudget[] = [...reads, ...writes, ...[PATCH_BUDGET].filter(wanted)];
  const reports = options.sizes.map((size) => httpReport(size, budgets, figures));
  if (options.sizes.length > 1) reports.push(growthReport(options.sizes, budgets, figures));
  return { figures, reports };
}
