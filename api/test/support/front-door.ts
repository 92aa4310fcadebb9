import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { freePort } from '../../src/demo/free-port.js';
import { eventually } from './eventually.js';

const WORKSPACE = resolve(import.meta.dirname, '../../..');
/** The first port that is tried. */
const PORT = 18_080;

/** A line of nginx's access log. */
export interface Access {
  /** Method and path. */
  readonly request: string;
  readonly status: number;
  /** Where it was sent, in the order of the tries. */
  readonly api: string;
}

export interface FrontDoorOptions {
  /** Name and port of the api. */
  readonly api: string;
  /** `address:port` of who knows that name. */
  readonly nameServer: string;
  readonly trustedProxies?: string;
}

/** Debian's nginx as the image `web` starts it: the workspace's nginx.conf and web/start-nginx.sh, on the built web app. */
export class FrontDoor {
  readonly #folder = mkdtempSync(join(tmpdir(), 'signalbox-nginx-'));
  #process: ChildProcess | null = null;

  private constructor(readonly url: string) {}

  /** Resolves when it answers. @throws with its output when it does not */
  static async start(options: FrontDoorOptions): Promise<FrontDoor> {
    const port = await freePort(PORT, '127.0.0.1');
    const door = new FrontDoor(`http://127.0.0.1:${port}`);
    try {
      await door.#start(port, options);
      return door;
    } catch (error) {
      await door.stop();
      throw error;
    }
  }

  /** Where the built web app is that it serves. */
  get webFolder(): string {
    return join(this.#folder, 'web');
  }

  /** What it has answered so far; a socket when it is closed. */
  accesses(): Access[] {
    const lines = readFileSync(this.#log, 'utf8').split('\n');
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Access);
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #log(): string {
    return join(this.#folder, 'log');
  }

  async #start(port: number, { api, nameServer, trustedProxies = '' }: FrontDoorOptions): Promise<void> {
    const config = join(this.#folder, 'config');
    // As root nginx reads as somebody else.
    chmodSync(this.#folder, 0o755);
    cpSync(join(WORKSPACE, 'web/build'), this.webFolder, { recursive: true });
    execFileSync(process.execPath, [join(WORKSPACE, 'api/scripts/nginx-headers.mjs'), config]);
    copyFileSync(join(WORKSPACE, 'nginx.conf'), join(config, 'nginx.conf'));
    const log = openSync(this.#log, 'a');
    this.#process = spawn('sh', [join(WORKSPACE, 'web/start-nginx.sh')], {
      env: {
        // Debian's nginx is where only root looks.
        PATH: `${process.env['PATH']}:/usr/sbin`,
        LISTEN: `127.0.0.1:${port}`,
        API_ADDRESS: api,
        RESOLVER: nameServer,
        TRUSTED_PROXIES: trustedProxies,
        WEB_ROOT: this.webFolder,
        CONFIG: config,
        RUN_FOLDER: join(this.#folder, 'run'),
      },
      stdio: ['ignore', log, log],
    });
    await eventually(async () => {
      const answer = await fetch(this.url).catch(() => null);
      if (answer?.ok !== true) throw new Error(`nginx does not answer: ${readFileSync(this.#log, 'utf8')}`);
    });
  }
}
