import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Whether node_modules is what package-lock.json says. npm writes its own record of what it installed when it is
 * done, so that an install that was cut off has none; what the lock file has and the record has not may only be
 * what is meant for other platforms.
 */
export async function isInstalled(root) {
  const [wanted, present] = await Promise.all([
    packagesIn(join(root, 'package-lock.json')),
    packagesIn(join(root, 'node_modules/.package-lock.json')),
  ]);
  if (wanted === null) throw new Error(`There is no package-lock.json in ${root}.`);
  if (present === null) return false;
  const paths = new Set([...Object.keys(wanted), ...Object.keys(present)]);
  paths.delete('');
  return [...paths].every((path) =>
    present[path] === undefined ? wanted[path].optional === true : isSame(wanted[path], present[path]),
  );
}

async function packagesIn(file) {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text).packages;
}

function isSame(wanted, present) {
  return ['version', 'integrity', 'link'].every((key) => wanted?.[key] === present[key]);
}
