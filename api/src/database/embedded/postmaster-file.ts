import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a postmaster says about itself in its data folder. */
export interface PostmasterFile {
  readonly pid: number;
  /** Where its Unix socket is; empty in the first moments. */
  readonly socketFolder: string;
  /** starting, ready, standby or stopping; empty in the first moments. */
  readonly status: string;
}

/** Reads `postmaster.pid`; null when there is none. Its lines: PostgreSQL's src/include/utils/pidfile.h */
export async function readPostmasterFile(folder: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), socketFolder: lines[4]?.trim() ?? '', status: lines[7]?.trim() ?? '' };
}
