import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';

import type { ServerUser } from './server-user.js';

/**
 * Runs in a session of its own and gets two things on its standard input: the pid, and, when our process is gone
 * for whatever reason, the end of it. Then it ends that process, ever less politely: to a postmaster these signals
 * mean fast shutdown, immediate shutdown, death.
 */
const WATCHDOG = `
read -r pid || exit 0
while read -r _; do :; done
for signal in INT QUIT KILL; do
  kill -s "$signal" "$pid" 2>/dev/null || exit 0
  n=0
  while [ "$n" -lt 80 ]; do
    sleep 0.1
    kill -0 "$pid" 2>/dev/null || exit 0
    n=$((n + 1))
  done
done`;

/** Becomes the command (same pid) once it is told to; if our process dies before, it never starts. */
const GATE = 'read -r _ && exec "$@" </dev/null';

/** Only what the server needs: nothing of the user's PG* or LC_* settings, and no secrets. */
const ENVIRONMENT = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };

/** A process that cannot outlive ours. It has a session of its own, so Ctrl-C in a terminal does not reach it. */
export class LeashedProcess {
  /** Resolves, when it has ended and nothing is left of its watchdog, with how: `code 0` or `signal SIGKILL`. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #user: ServerUser;
  readonly #title: string;
  #watchdog: ChildProcess | null = null;

  /**
   * @param title tells people who look at ps what the watchdog is of
   * @param output where the process's stdout and stderr go: nowhere, to a file descriptor, or to `stderr` here
   */
  constructor(
    title: string,
    user: ServerUser,
    command: readonly string[],
    [stdout, stderr]: readonly ['ignore' | number, 'pipe' | number],
  ) {
    this.#title = title;
    this.#user = user;
    this.#child = this.#spawn(GATE, ['sh', ...user.prefix, ...command], ['pipe', stdout, stderr]);
    this.ended = once(this.#child, 'exit').then(
      async ([code, signal]: unknown[]) => {
        await this.#release();
        return signal === null ? `code ${String(code)}` : `signal ${String(signal)}`;
      },
      async (error: unknown) => {
        await this.#release();
        return String(error);
      },
    );
    this.#watch();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get stderr(): ChildProcess['stderr'] {
    return this.#child.stderr;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  #watch(): void {
    const watchdog = this.#spawn(WATCHDOG, [this.#title], ['pipe', 'ignore', 'ignore']);
    this.#watchdog = watchdog;
    const replace = () => {
      if (this.#watchdog === watchdog) setTimeout(() => this.#watchdog && this.#watch(), 100).unref();
    };
    watchdog.once('error', replace).once('exit', replace);
    // Watched first, started then: there is no moment at which it runs and nobody would end it.
    watchdog.stdin?.write(`${this.#child.pid}\n`, (error) => {
      const gate = this.#child.stdin;
      if (!error && gate !== null && !gate.writableEnded) gate.end('go\n');
    });
  }

  async #release(): Promise<void> {
    const watchdog = this.#watchdog;
    this.#watchdog = null;
    if (watchdog === null || watchdog.exitCode !== null || watchdog.signalCode !== null) return;
    const gone = once(watchdog, 'exit');
    watchdog.kill('SIGKILL');
    await gone;
  }

  #spawn(script: string, args: readonly string[], stdio: StdioOptions): ChildProcess {
    const { prefix: _, ...ids } = this.#user;
    const child = spawn('/bin/sh', ['-c', script, ...args], {
      ...ids,
      cwd: '/',
      detached: true,
      env: ENVIRONMENT,
      stdio,
    });
    child.stdin?.on('error', () => undefined);
    return child;
  }
}
