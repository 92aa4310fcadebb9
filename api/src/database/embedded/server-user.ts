import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { EmbeddedPostgresError } from './embedded-postgres.error.js';

const run = promisify(execFile);

/** How the server's processes are started; PostgreSQL refuses to run as root. */
export interface ServerUser {
  /** Given to spawn: undefined keeps the present user. */
  readonly uid?: number;
  readonly gid?: number;
  /** A command that drops the privileges itself and then runs its arguments; mostly empty. */
  readonly prefix: readonly string[];
}

/** The unprivileged account's ids. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account that owns, or shall own, the server's files: null when that is the present user. As root it is
 * whoever owns `folder` already, else `postgres`, else `nobody`.
 */
export async function serverAccount(folder: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(folder).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    const account = await accountOf(name);
    if (account !== null) return account;
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL refuses to run as root and there is neither a user postgres nor nobody: start as another user, or set DATABASE_URL.',
  );
}

async function accountOf(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    // macOS prints nobody's -2 unsigned.
    return { uid: Number(uid.stdout) | 0, gid: Number(gid.stdout) | 0 };
  } catch {
    return null;
  }
}

/**
 * Finds a way for `account` to reach the binaries and the data, both of which may lie below a folder that only
 * root may enter (a clone in /root, or in what mktemp -d makes). There the server keeps, besides its own rights,
 * root's right to look into folders: through setpriv, which can hand on single capabilities. Without
 * no_setuid_fixup access(2), with which initdb looks for its binaries, would ignore them.
 * @throws EmbeddedPostgresError when no way works
 */
export async function serverUser(
  account: Account | null,
  binDir: string,
  folder: string,
): Promise<ServerUser> {
  if (account === null) return { prefix: [] };
  const ways: ServerUser[] = [
    { ...account, prefix: [] },
    { prefix: withCapabilities(account, '+dac_read_search') },
    // Docker's root has no dac_read_search, and binaries installed with umask 077 need more than it.
    { prefix: withCapabilities(account, '+dac_override') },
  ];
  for (const way of ways) if (await works(way, binDir, folder)) return way;
  throw new EmbeddedPostgresError(
    `Started as root, PostgreSQL runs as user ${account.uid}, which may not enter ${binDir} or ${folder}: move the folder out of a private one, set DATA_DIR, start as another user, or set DATABASE_URL.`,
  );
}

function withCapabilities({ uid, gid }: Account, capabilities: string): string[] {
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${capabilities}`,
    `--ambient-caps=${capabilities}`,
    '--securebits=+no_setuid_fixup',
  ];
}

async function works({ prefix, ...ids }: ServerUser, binDir: string, folder: string): Promise<boolean> {
  const script = 'test -x "$1" && test -x "$2" && test -w "$3" && cd "$3" && "$1" --version';
  const [command = 'sh', ...args] = [...prefix, 'sh', '-c', script, 'sh'];
  const probed = [join(binDir, 'postgres'), join(binDir, 'initdb'), folder];
  return run(command, [...args, ...probed], { ...ids, cwd: '/' }).then(
    () => true,
    () => false,
  );
}
