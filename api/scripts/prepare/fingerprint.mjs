import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const IGNORED = /\.test\.ts$/;

/** A hash over the names and contents of files and of all files in folders; paths from `root`, absent ones too. */
export async function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of (await Promise.all(paths.map((path) => filesIn(root, path)))).flat()) {
    hash.update(path).update('\0');
    hash.update(await readFile(join(root, path))).update('\0');
  }
  return hash.digest('hex');
}

async function filesIn(root, path) {
  const found = await stat(join(root, path)).catch(() => null);
  if (found === null || IGNORED.test(path)) return [];
  if (!found.isDirectory()) return [path];
  const names = (await readdir(join(root, path))).sort();
  return (await Promise.all(names.map((name) => filesIn(root, `${path}/${name}`)))).flat();
}
