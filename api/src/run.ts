import { BackupError } from './backup/backup.error.js';
import { EnvironmentError } from './config/environment.js';
import { EmbeddedPostgresError } from './database/embedded/embedded-postgres.error.js';
import { UnsafeDatabaseError } from './event-log/startup-checks.js';
import { Lifecycle } from './lifecycle/lifecycle.js';
import { isPassing } from './problems/database-problem.js';

/**
 * Runs a program's `main` to its end; a fault that it throws is explained and ends it with exit code 1.
 * @param whenTold the exit code where a signal ends it: 1 for what has something to finish
 */
export async function run(main: (lifecycle: Lifecycle) => Promise<void>, whenTold: 0 | 1 = 0): Promise<void> {
  const lifecycle = new Lifecycle(whenTold);
  try {
    await main(lifecycle);
  } catch (error) {
    lifecycle.fail(explain(error));
  }
}

/** The address, who signs in there, the database's name, or what they may do; it has too many connections, or starts. */
const UNREACHABLE = /^(ENOTFOUND|28000|28P01|3D000|42501|53300|57P03)$/;

interface Address {
  readonly address: string;
  readonly port: number;
}

/** One line for faults that somebody can mend; for all others the stack too. */
function explain(error: unknown): string {
  const expected = [EnvironmentError, EmbeddedPostgresError, UnsafeDatabaseError, BackupError];
  if (expected.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, address, port, syscall } = error as NodeJS.ErrnoException & Partial<Address>;
  if (code === 'EADDRINUSE') return `Port ${port} is in use; set PORT to another one.`;
  if (code === 'EADDRNOTAVAIL') return `${address} is no address of this machine; set HOST to one that is.`;
  if (code === 'EACCES' && syscall === 'listen')
    return `Port ${port} may not be used by this user; set PORT to another one.`;
  if (code === 'ECONNREFUSED') return `No database answers at ${address ?? 'DATABASE_URL'}.`;
  if (code !== undefined && UNREACHABLE.test(code))
    return `The database cannot be used: ${(error as Error).message}.`;
  if (isPassing(error)) return `The database was lost: ${(error as Error).message}.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
