import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const READY_WITHIN_MS = 120_000;
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface ApiProcessOptions {
  /** The built `main.js`; absent: the one that `npm run build` has made. */
  readonly main?: string;
  /** Modules that the process loads before its own. */
  readonly preload?: readonly URL[];
  /** A command that becomes the process. */
  readonly within?: readonly string[];
}

/** A built api in a process of its own, that can be killed without ceremony. */
export class ApiProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly output: () => string,
  ) {}

  /** Starts `node dist/main.js` and waits for its ready line. @throws with its output when it ends first, or is ended after two minutes */
  static async start(
    settings: Readonly<Record<string, string>>,
    { main = MAIN, preload = [], within = [] }: ApiProcessOptions = {},
  ): Promise<ApiProcess> {
    const { PATH, HOME, TMPDIR } = process.env;
    const imports = preload.flatMap(({ href }) => ['--import', href]);
    const [command, ...args] = [...within, process.execPath, ...imports, main];
    const child = spawn(command!, args, {
      env: { PATH, HOME, TMPDIR, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const givesUp = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS);
    const ready = new Promise<string>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        output += chunk.toString();
        const ready = /ready on (http:\S+)/.exec(output);
        if (ready !== null) resolve(ready[1]!);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`The api ended with ${code}: ${output}`)));
    });
    return new ApiProcess(child, await ready.finally(() => clearTimeout(givesUp)), () => output);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Resident memory in bytes, as the system counts it. */
  async memory(): Promise<number> {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(this.pid)]);
    return Number(stdout) * 1024;
  }

  /** Resolves with the exit code when it has ended; null when it was killed. */
  async ended(): Promise<number | null> {
    if (this.isRunning) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.isRunning) this.child.kill(signal);
    return this.ended();
  }
}
