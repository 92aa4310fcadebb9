import { cpus, totalmem } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly postgres: string;
}

/** Besides sockets: files, the database's connections, what Node opens for itself. */
const OTHER_FILES = 300;

/** @throws Error with what to do when a process may not open so many sockets here */
export function checkOpenFiles(sockets: number): void {
  // Node has raised its own limit as far as it may.
  const { userLimits } = process.report.getReport() as {
    userLimits: { open_files: { soft: number | 'unlimited' } };
  };
  const { soft } = userLimits.open_files;
  if (soft === 'unlimited' || soft >= sockets + OTHER_FILES) return;
  throw new Error(
    `${sockets} sockets need ${sockets + OTHER_FILES} open files in one process, and this machine allows ${soft}: ` +
      'raise the limit (ulimit -Hn, LimitNOFILE) or ask for fewer with --sockets',
  );
}

/** @param postgres the server's own word for its version */
export function describeMachine(postgres: string): Machine {
  const processors = cpus();
  return {
    cores: processors.length,
    cpu: processors[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    postgres,
  };
}
