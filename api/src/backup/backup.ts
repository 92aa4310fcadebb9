import { createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import type { DatabaseConnection } from '../database/connection.js';
import { withClient } from '../database/with-client.js';
import { BackupError } from './backup.error.js';
import { dump, type Progress } from './dump.js';

export interface DumpOptions {
  readonly progress?: Progress;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal;
}

export interface BackupOptions extends DumpOptions {
  /** Takes the place of what is there. */
  readonly force?: boolean;
}

/** It holds what people wrote, and the hashes of their passwords. */
const ONLY_MINE = 0o600;

/**
 * Writes all that a desk holds into one file, while the desk runs or not. The file is whole or not there.
 * @throws BackupError when there is such a file already, or no desk in the database; what the disk or pg throws
 */
export async function backUp(
  connection: DatabaseConnection,
  file: string,
  { force = false, ...options }: BackupOptions = {},
): Promise<void> {
  if (!force && (await exists(file)))
    throw new BackupError(`${file} is there already; --force writes over it`);
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  try {
    await writeBackup(connection, createWriteStream(partial, { mode: ONLY_MINE, flush: true }), options);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Writes it to whoever reads; what was written before a throw is a part, which no restore takes. */
export function writeBackup(
  connection: DatabaseConnection,
  to: Writable,
  { progress = () => undefined, signal }: DumpOptions = {},
): Promise<void> {
  return withClient(connection, 'signalbox backup', (client) =>
    pipeline(Readable.from(dump(client, progress)), createGzip(), to, signal === undefined ? {} : { signal }),
  );
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
