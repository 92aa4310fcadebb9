import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { FullConfig } from '@playwright/test';

import { startModel } from './model.js';
import { ADMIN } from './people.js';

const WORKSPACE = join(import.meta.dirname, '../../..');
const API = process.env.E2E_API ?? join(WORKSPACE, 'api/dist/main.js');
const START_MS = 60_000;
/** All tests share one address, and come faster than people. */
const UNLIMITED = {
  RATE_LIMIT_SIGN_IN: '100000',
  RATE_LIMIT_CREATE: '100000',
  RATE_LIMIT_CLASSIFY: '100000',
  RATE_LIMIT_TOKEN: '100000',
};

/** Starts a desk for each worker. Returns how to end them. */
export default async function startDesks({ workers }: FullConfig): Promise<() => Promise<void>> {
  const model = await startModel();
  const desks = await Promise.all(Array.from({ length: workers }, () => startDesk(model.url)));
  process.env.E2E_DESKS = desks.map(({ url }) => url).join();
  return async () => {
    await Promise.all(desks.map(({ stop }) => stop()));
    model.close();
  };
}

/** Starts the built app on data of its own, with a language model that is no model. */
async function startDesk(modelUrl: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-e2e-'));
  // PostgreSQL runs as another user when we are root, and must get in.
  await chmod(folder, 0o755);
  const server = spawn(process.execPath, [API], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, 'data'),
      DATABASE_URL: '',
      LOG_LEVEL: 'error',
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      ...UNLIMITED,
      OPENAI_API_KEY: 'not-a-key',
      OPENAI_BASE_URL: modelUrl,
      OPENAI_MODEL: 'stand-in',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await ready(server);
  const stop = async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null) await once(server, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

/** The address that the server says it is ready on. */
function ready(server: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => reject(new Error(`Not ready after ${START_MS} ms`)), START_MS);
  server.once('exit', (code) => reject(new Error(`The server ended with code ${code} before it was ready`)));
  createInterface({ input: server.stdout! }).on('line', (line) => {
    const address = /ready on (\S+)/.exec(line)?.[1];
    if (address === undefined) return;
    clearTimeout(timer);
    resolve(address);
  });
  return promise;
}
