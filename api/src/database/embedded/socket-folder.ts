import { chown, lstat, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { Account } from './server-user.js';

/** sun_path holds 104 bytes on macOS (108 on Linux), of which one ends it. */
const LONGEST = 103 - '/.s.PGSQL.5432.lock'.length;

/**
 * Makes the folder for the server's Unix socket, which only the server's user may enter: in `home` if that path is
 * short enough for a socket, else, named after the cluster, with the temporary files.
 * @throws EmbeddedPostgresError when somebody else has put something there
 */
export async function makeSocketFolder(
  home: string,
  cluster: string,
  account: Account | null,
): Promise<string> {
  const candidates = [join(home, 'run'), join(tmpdir(), cluster), join('/tmp', cluster)];
  const folder = candidates.find((path) => Buffer.byteLength(path) <= LONGEST) as string;
  const owner = account?.uid ?? process.getuid?.();
  await removeIfOurs(folder, owner);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (cause) {
    throw new EmbeddedPostgresError(`Cannot make ${folder} for the database's socket: remove it first.`, {
      cause,
    });
  }
  if (account !== null) await chown(folder, account.uid, account.gid);
  return folder;
}

/** A folder of somebody else, or a link, is left: the server's socket must not be where others can reach it. */
async function removeIfOurs(folder: string, owner: number | undefined): Promise<void> {
  const found = await lstat(folder).catch(() => null);
  if (found?.isDirectory() && (found.uid === owner || found.uid === process.getuid?.())) {
    await rm(folder, { recursive: true });
  }
}
