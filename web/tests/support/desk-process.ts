import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve as pathOf } from 'node:path';
import { createInterface } from 'node:readline';

const BUILT = pathOf(import.meta.dirname, '../../../api/dist');
const START_MS = 60_000;
/** All pages share one address, and come faster than people. */
const UNLIMITED = {
  RATE_LIMIT_SIGN_IN: '100000',
  RATE_LIMIT_CREATE: '100000',
  RATE_LIMIT_CLASSIFY: '100000',
  RATE_LIMIT_TOKEN: '100000',
};

/** A desk that runs as a process of its own. */
export interface DeskProcess {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a built desk on a free port of this machine, with a language model that is no model.
 *
 * @param script within `api/dist`, or absolute
 * @param settings what its environment has beside
 * @throws Error when it ends before it is ready, or is not in time
 */
export async function startProcess(
  script: string,
  modelUrl: string,
  settings: Readonly<Record<string, string>>,
): Promise<DeskProcess> {
  const server = spawn(process.execPath, [pathOf(BUILT, script)], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      LOG_LEVEL: 'error',
      ...UNLIMITED,
      OPENAI_API_KEY: 'not-a-key',
      OPENAI_BASE_URL: modelUrl,
      OPENAI_MODEL: 'stand-in',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => reject(new Error(`Not ready after ${START_MS} ms`)), START_MS);
  server.once('exit', (code) => reject(new Error(`The server ended with code ${code} before it was ready`)));
  createInterface({ input: server.stdout }).on('line', (line) => {
    const address = /ready on (\S+)/.exec(line)?.[1];
    if (address !== undefined) resolve(address);
  });
  const stop = async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
  };
  const url = await promise.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  clearTimeout(timer);
  return { url, stop };
}
