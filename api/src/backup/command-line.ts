import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { BackupError } from './backup.error.js';

/** Names the standard output or input. */
export const STANDARD = '-';

export interface CommandLine {
  /** Absolute, or `STANDARD`; null when none was named. */
  readonly file: string | null;
  readonly force: boolean;
}

/** @throws BackupError that says how the command is called */
export function readCommandLine(usage: string): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      options: { force: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length > 1) throw new Error('One file only');
    // npm runs scripts in its package's folder; the name is meant from where npm was called.
    const here = process.env['INIT_CWD'] ?? process.cwd();
    const [name] = positionals;
    const file = name === undefined ? null : name === STANDARD ? STANDARD : resolve(here, name);
    return { file, force: values.force === true };
  } catch (error) {
    throw new BackupError(`${(error as Error).message}. Usage: ${usage}`);
  }
}

/** A line for each table that holds anything. Where the standard output is the backup, it is not among the lines. */
export function tellProgress(table: string, rows: number): void {
  if (rows > 0) console.error(`  ${table}: ${rows.toLocaleString('en')}`);
}
