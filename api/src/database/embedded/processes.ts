import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** PostgreSQL's cluster_name for a data folder: every process of that server then carries it in its title. */
export function clusterName(folder: string): string {
  return `signalbox-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
}

/** A running process; zombies are not running. */
export interface RunningProcess {
  readonly pid: number;
  /** Its arguments, or the title that it gave itself. */
  readonly command: string;
}

/** The pids of a server's postmaster and all its children, also of those whose postmaster is gone. */
export async function processesOf(cluster: string): Promise<number[]> {
  const ours = ({ command }: RunningProcess) =>
    command.includes(`cluster_name=${cluster}`) || command.includes(`postgres: ${cluster}: `);
  return (await runningProcesses()).filter(ours).map(({ pid }) => pid);
}

/** All processes of this machine that we may see. */
export async function runningProcesses(): Promise<RunningProcess[]> {
  return process.platform === 'linux' ? commandsOfProc() : commandsOfPs();
}

async function commandsOfProc(): Promise<RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // A process may end while it is looked at.
  const read = async (pid: string) => ({
    pid: Number(pid),
    command: (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim(),
  });
  return Promise.all(pids.map(read));
}

async function commandsOfPs(): Promise<RunningProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,command='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split('\n').map((line) => ({ pid: Number.parseInt(line, 10), command: line }));
}

/** Signals those that are still there. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
