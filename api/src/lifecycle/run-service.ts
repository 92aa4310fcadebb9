import { onOrphaned } from './parent-watch.js';

/** Open requests and a fast shutdown of the database need far less. */
const CLOSE_WITHIN_MS = 20_000;

/** What a service that is starting up tells the one who runs it. */
export interface Service {
  /** To be done at the end, the last one first. */
  defer(close: () => Promise<void>): void;
  /** Something that the service cannot be without: when it resolves, with the reason, the service ends. */
  endWhen(lost: Promise<string>): void;
}

interface Ending {
  readonly exitCode: 0 | 1;
  readonly reason?: string;
}

/**
 * Runs a service for as long as this process: until SIGINT, SIGTERM, SIGHUP or the death of npm (exit code 0), or
 * until it cannot start or loses what it needs (exit code 1 and one line on stderr). Signals may come at any time,
 * also while it starts, and more than once: npm passes on what a terminal's Ctrl-C has sent us already.
 * @param describe makes the line for an error of `start`
 */
export async function runService(
  start: (service: Service) => Promise<void>,
  describe: (error: unknown) => string,
): Promise<never> {
  const { promise: ended, resolve: end } = Promise.withResolvers<Ending>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => end({ exitCode: 0 }));
  onOrphaned(() => end({ exitCode: 0 }));
  const fail = (reason: string) => end({ exitCode: 1, reason });

  const resources = new AsyncDisposableStack();
  const service: Service = {
    defer: (close) => resources.defer(close),
    endWhen: (lost) => void lost.then(fail),
  };
  start(service).catch((error: unknown) => fail(describe(error)));

  const { exitCode, reason } = await ended;
  if (reason !== undefined) console.error(reason);
  setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
  try {
    await resources.disposeAsync();
  } catch (error) {
    console.error(describe(error));
    process.exit(1);
  }
  process.exit(exitCode);
}
