import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { BackupError } from './backup.error.js';
import type { Progress } from './dump.js';

export interface CommandLine {
  /** Absolute; null when none was named. */
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
    return { file: name === undefined ? null : resolve(here, name), force: values.force === true };
  } catch (error) {
    throw new BackupError(`${(error as Error).message}. Usage: ${usage}`);
  }
}

/** A line for each table that holds anything. */
export const tellProgress: Progress = (table, rows) => {
  if (rows > 0) console.log(`  ${table}: ${rows.toLocaleString('en')}`);
};
