import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { withTimeout } from '../../lifecycle/with-timeout.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { endLeftovers } from './leftovers.js';
import { LeashedProcess } from './leash.js';
import { readPostmasterFile } from './postmaster-file.js';
import type { ServerLog } from './server-log.js';
import type { ServerUser } from './server-user.js';

const POLL_READY_MS = 20;
const POLL_STOPPING_MS = 250;
/** Replaying the log of a crash may take minutes on a slow disk. */
const READY_WITHIN_MS = 10 * 60_000;
const TELL_AFTER_MS = 3_000;
const FAST_WITHIN_MS = 10_000;
const IMMEDIATE_WITHIN_MS = 8_000;

/** What a postmaster is started with. */
export interface PostmasterOptions {
  readonly binDir: string;
  readonly user: ServerUser;
  readonly folder: string;
  readonly cluster: string;
  readonly args: readonly string[];
  readonly log: ServerLog;
  readonly tell: (message: string) => void;
}

/** One running server: started, watched, stopped. */
export class Postmaster {
  /** Resolves with the reason, one line, when the server ends unasked. Nothing of it runs any more then. */
  readonly lost: Promise<string>;
  readonly #process: LeashedProcess;
  readonly #options: PostmasterOptions;
  #stopping: Promise<void> | null = null;
  #othersStop = false;
  #running = true;

  private constructor(options: PostmasterOptions) {
    const { binDir, folder, user, args, log } = options;
    this.#options = options;
    this.#process = new LeashedProcess(
      `of ${folder}`,
      user,
      [join(binDir, 'postgres'), ...args],
      [log.fd, log.fd],
    );
    this.lost = this.#whenLost().catch(String);
  }

  /**
   * Starts the server and waits until it accepts connections.
   * @throws EmbeddedPostgresError with the server's own reason when it does not start
   */
  static async start(options: PostmasterOptions): Promise<Postmaster> {
    const postmaster = new Postmaster(options);
    try {
      await postmaster.#ready();
    } catch (error) {
      await postmaster.stop();
      throw error;
    }
    void postmaster.#watchForStop();
    return postmaster;
  }

  /** Fast shutdown: what is committed is kept, what is open is rolled back. May be called more than once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    for (const [signal, withinMs] of [
      ['SIGINT', FAST_WITHIN_MS],
      ['SIGQUIT', IMMEDIATE_WITHIN_MS],
    ] as const) {
      if (!this.#running) break;
      this.#process.kill(signal);
      await withTimeout(this.#process.ended, withinMs, undefined);
    }
    this.#process.kill('SIGKILL');
    await this.#process.ended;
    await endLeftovers(this.#options.folder, this.#options.cluster);
  }

  async #whenLost(): Promise<string> {
    const how = await this.#process.ended;
    this.#running = false;
    if (this.#stopping !== null) return new Promise(() => undefined);
    await endLeftovers(this.#options.folder, this.#options.cluster);
    if (this.#othersStop) return 'it was shut down by somebody else';
    const panic = await this.#options.log.panic();
    return panic === null ? `it ended with ${how}` : `it ended with ${how}: ${panic}`;
  }

  async #ready(): Promise<void> {
    const begun = Date.now();
    for (let told = false; this.#running; await delay(POLL_READY_MS)) {
      const file = await readPostmasterFile(this.#options.folder);
      if (file?.pid === this.#process.pid && file?.status === 'ready') return;
      if (Date.now() - begun > READY_WITHIN_MS) break;
      if (!told && Date.now() - begun > TELL_AFTER_MS) {
        told = true;
        this.#options.tell('The database is recovering from its last, unclean end …');
      }
    }
    const reason = await this.#options.log.complaint();
    throw new EmbeddedPostgresError(`The embedded PostgreSQL does not start: ${reason}`);
  }

  /**
   * A smart shutdown (SIGTERM to the postmaster) waits for all clients to leave, and our pools never do: the server
   * would linger, refusing new connections. So it is made a fast one, which then counts as lost.
   */
  async #watchForStop(): Promise<void> {
    while (this.#running && this.#stopping === null) {
      const file = await readPostmasterFile(this.#options.folder);
      if (file?.status === 'stopping' && this.#stopping === null) {
        this.#othersStop = true;
        this.#process.kill('SIGINT');
        return;
      }
      await delay(POLL_STOPPING_MS, undefined, { ref: false });
    }
  }
}
