import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A built api in a process of its own, that can be killed without ceremony. */
export class ApiProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly output: () => string,
  ) {}

  /** Starts `node dist/main.js` and waits for its ready line. @throws with its output when it ends first */
  static async start(settings: Record<string, string>): Promise<ApiProcess> {
    const { PATH, HOME, TMPDIR } = process.env;
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH, HOME, TMPDIR, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        output += chunk.toString();
        const ready = /ready on (http:\S+)/.exec(output);
        if (ready !== null) resolve(ready[1]!);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`The api ended with ${code}: ${output}`)));
    });
    return new ApiProcess(child, url, () => output);
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
    return this.child.exitCode;
  }
}
