import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { readPostmasterFile } from '../../src/database/embedded/postmaster-file.js';
import {
  clusterName,
  runningProcesses,
  signalAll,
  type RunningProcess,
} from '../../src/database/embedded/processes.js';
import { eventually } from '../support/eventually.js';
import { ADMIN } from './admin.js';

const ROOT = resolve(import.meta.dirname, '../../..');

/** What these tests can send a signal to: one process, or all that a terminal's Ctrl-C reaches. */
export type Target = 'npm' | 'api' | 'postmaster' | 'terminal';

/** Every process of any app on this data folder. */
async function processesWith(dataDir: string): Promise<RunningProcess[]> {
  const marks = [dataDir, clusterName(dataDir)];
  const isOurs = ({ command }: RunningProcess) => marks.some((mark) => command.includes(mark));
  return (await runningProcesses()).filter(isOurs);
}

/** Ends whatever a test may have left on this folder, and removes it. */
export async function cleanUp(dataDir: string): Promise<void> {
  await eventually(async () => {
    const left = (await processesWith(dataDir)).map(({ pid }) => pid);
    signalAll(left, 'SIGKILL');
    if (left.length > 0) throw new Error(`Still running: ${left.join(', ')}`);
  });
  await rm(dataDir, { recursive: true, force: true });
}

/** `npm start` as a person would call it, in a session of its own as in a terminal of its own. */
export class StartedApp {
  readonly dataDir: string;
  /** Everything printed so far. */
  output = '';
  /** Resolves with npm's exit code; null when it was killed. */
  readonly exitCode: Promise<number | null>;
  /** Where it answers; rejects when it ends before it is ready. */
  readonly url: Promise<string>;
  readonly #npm: ChildProcess;

  /** @param dataDir a real path, by which the processes are recognised: npm hands it on as an argument */
  constructor(dataDir: string) {
    this.dataDir = dataDir;
    this.#npm = spawn('npm', ['start', '--', dataDir], {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', DATA_DIR: dataDir, ...ADMIN },
    });
    // Not `exit`: by then all that it has printed has come.
    this.exitCode = once(this.#npm, 'close').then(([code]) => code as number | null);
    this.url = this.#ready();
    this.url.catch(() => undefined);
  }

  /** Sends a signal the way it comes in life. */
  async signal(target: Target, signal: NodeJS.Signals): Promise<void> {
    if (target === 'terminal') process.kill(-this.#pidOfNpm(), signal);
    else process.kill(await this.#pidOf(target), signal);
  }

  /** Every process of this app that still runs: npm, the api, the server, its backends, the watchdog. */
  processes(): Promise<RunningProcess[]> {
    return processesWith(this.dataDir);
  }

  async #pidOf(target: 'npm' | 'api' | 'postmaster'): Promise<number> {
    if (target === 'npm') return this.#pidOfNpm();
    const pid =
      target === 'postmaster'
        ? (await readPostmasterFile(`${this.dataDir}/postgres/cluster`))?.pid
        : (await this.processes()).find(({ command }) => /\bnode api\/dist\/main\.js/.test(command))?.pid;
    if (pid === undefined) throw new Error(`There is no ${target}.\n${this.output}`);
    return pid;
  }

  #pidOfNpm(): number {
    if (this.#npm.pid === undefined) throw new Error('npm did not start.');
    return this.#npm.pid;
  }

  async #ready(): Promise<string> {
    const { stdout, stderr } = this.#npm;
    if (stdout === null || stderr === null) throw new Error('npm has no output.');
    stderr.on('data', (chunk: Buffer) => (this.output += String(chunk)));
    const { promise, resolve: found, reject } = Promise.withResolvers<string>();
    createInterface(stdout).on('line', (line) => {
      this.output += `${line}\n`;
      const url = /^Signalbox is ready on (http:\S+)$/.exec(line)?.[1];
      if (url !== undefined) found(url);
    });
    this.#npm.once('close', () => reject(new Error(`npm start ended before it was ready.\n${this.output}`)));
    return promise;
  }
}
