import { closeSync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';

const LARGEST_BYTES = 16 * 1024 * 1024;
const CHECK_MS = 60_000;

/** The server's log: the file of the start before is kept as `….1`, and none grows without bound. */
export class ServerLog {
  /** For the server's output. It appends, so that emptying the file takes effect. */
  readonly fd: number;
  readonly #path: string;
  readonly #check: NodeJS.Timeout;

  private constructor(path: string) {
    this.#path = path;
    this.fd = openSync(path, 'a', 0o600);
    this.#check = setInterval(() => {
      if (fstatSync(this.fd).size > LARGEST_BYTES) ftruncateSync(this.fd);
    }, CHECK_MS).unref();
  }

  static async open(path: string): Promise<ServerLog> {
    await rename(path, `${path}.1`).catch(() => undefined);
    return new ServerLog(path);
  }

  /** The last reason that the server gave for not starting, or its last line. */
  async complaint(): Promise<string> {
    const lines = (await readFile(this.#path, 'utf8')).trim().split('\n');
    const fatal = lines.findLast((line) => /\b(FATAL|PANIC):/.test(line)) ?? lines.at(-1) ?? '';
    return fatal.replace(/^.*?\b(FATAL|PANIC):\s*/, '');
  }

  /** Why the server could not go on, if it said so: the disk is full, perhaps. */
  async panic(): Promise<string | null> {
    return /^.*\bPANIC:\s*(.*)$/m.exec(await readFile(this.#path, 'utf8'))?.[1] ?? null;
  }

  close(): void {
    clearInterval(this.#check);
    closeSync(this.fd);
  }
}
