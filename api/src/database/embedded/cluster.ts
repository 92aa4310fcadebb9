import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { LeashedProcess } from './leash.js';
import type { Account, ServerUser } from './server-user.js';

/** PostgreSQL's superuser in the embedded server; the app itself connects as the owner of its database. */
export const SUPERUSER = 'postgres';

const UNFINISHED = 'unfinished-';

/** From this major version on, PostgreSQL brings Unicode rules of its own, the same on every machine. */
const BUILTIN_LOCALES = 17;

/** What the cluster is made with. */
export interface ClusterOptions {
  readonly binDir: string;
  readonly user: ServerUser;
  readonly account: Account | null;
  /** The binaries' major version. */
  readonly version: number;
  /** False: made without fsync, for tests. */
  readonly durable: boolean;
}

/**
 * Makes `home/cluster` unless it is there: UTF-8, with checksums. It is made under another name and then renamed,
 * so that a start that was killed half way leaves nothing that looks finished.
 * @returns the cluster's folder
 * @throws EmbeddedPostgresError when initdb fails or the data is of another PostgreSQL version
 */
export async function ensureCluster(home: string, options: ClusterOptions): Promise<string> {
  const cluster = join(home, 'cluster');
  for (const name of await readdir(home)) {
    if (name.startsWith(UNFINISHED)) await remove(join(home, name));
  }
  const made = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  if (made === null) await makeCluster(home, cluster, options);
  else if (Number(made) !== options.version) {
    throw new EmbeddedPostgresError(
      `The data in ${home} was made by PostgreSQL ${made.trim()}, this is ${options.version}: dump and restore it, or set DATA_DIR to another folder.`,
    );
  }
  return cluster;
}

async function makeCluster(home: string, cluster: string, options: ClusterOptions): Promise<void> {
  let failure = '';
  for (const locale of localesFor(options.version)) {
    const unfinished = await mkdtemp(join(home, UNFINISHED));
    if (options.account !== null) await chown(unfinished, options.account.uid, options.account.gid);
    failure = await initdb(unfinished, locale, options);
    if (failure === '') {
      await rename(unfinished, cluster);
      return options.durable ? sync(home) : undefined;
    }
    await remove(unfinished);
  }
  throw new EmbeddedPostgresError(`Cannot make a database in ${home}: ${failure}`);
}

/**
 * Best first. The character classes (lc_ctype) still come from the C library, even with the built-in provider:
 * pg_trgm of PostgreSQL 18 asks it what a letter is, and in plain C that is A to Z only.
 */
function localesFor(version: number): string[][] {
  const types = ['C.UTF-8', 'en_US.UTF-8', 'C'];
  return version >= BUILTIN_LOCALES
    ? types.map((type) => [
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${type}`,
      ])
    : types.map((type) => ['--locale=C', `--lc-ctype=${type}`, `--lc-collate=C`]);
}

/** Returns what went wrong, or an empty string. */
async function initdb(
  folder: string,
  locale: string[],
  { binDir, user, durable }: ClusterOptions,
): Promise<string> {
  const args = [...locale, '--encoding=UTF8', '--data-checksums', '--auth=trust', `--username=${SUPERUSER}`];
  if (!durable) args.push('--no-sync');
  const making = new LeashedProcess(
    'initdb',
    user,
    [join(binDir, 'initdb'), '-D', folder, ...args],
    ['ignore', 'pipe'],
  );
  const [errors, how] = await Promise.all([making.stderr ? text(making.stderr) : '', making.ended]);
  return how === 'code 0' ? '' : (errors.trim().split('\n').at(-1) ?? how);
}

/** An initdb of a process killed a moment ago may still be writing there. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the folder that belongs to the server alone, or gives it, with all that is in it, to `account`. */
export async function makeHome(home: string, account: Account | null): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  if (account === null || (await stat(home)).uid === account.uid) return;
  await promisify(execFile)('chown', ['-R', `${account.uid}:${account.gid}`, home]);
}
