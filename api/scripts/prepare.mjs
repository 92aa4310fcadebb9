/*
 * Brings a checkout to where it can run: packages as the lock file says, api and web built from the sources as they
 * are. Does only what is needed. Runs before anything is installed, on whatever Node the machine has, from 20 on.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { alone } from './prepare/alone.mjs';
import { endWithNpm } from './prepare/end-with-npm.mjs';
import { fingerprint } from './prepare/fingerprint.mjs';
import { isInstalled } from './prepare/installed.mjs';
import { killRunning, runNpm } from './prepare/run.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const INSTALL = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];

const BUILDS = [
  { name: 'api', output: 'api/dist', inputs: ['api/src', 'api/.swcrc', 'api/package.json'] },
  {
    name: 'web',
    output: 'web/build',
    inputs: [
      'web/src',
      'web/static',
      'web/package.json',
      'web/tsconfig.json',
      'web/vite.config.ts',
      'api/src/contract',
    ],
  },
].map((build) => ({ ...build, inputs: [...build.inputs, 'package-lock.json'] }));

async function isPrepared() {
  const built = await Promise.all(BUILDS.map(isBuilt));
  return built.every(Boolean) && (await isInstalled(ROOT));
}

/** Every build empties its folder first, so a stamp found in it belongs to all of it. */
const stampOf = (build) => join(ROOT, build.output, '.sources');

async function isBuilt(build) {
  const stamp = await readFile(stampOf(build), 'utf8').catch(() => null);
  return stamp !== null && stamp === (await fingerprint(ROOT, build.inputs));
}

async function prepare() {
  if (!(await isInstalled(ROOT)))
    await runNpm('Installing packages (takes a minute the first time)', ROOT, INSTALL);
  for (const build of BUILDS) {
    if (await isBuilt(build)) continue;
    // Taken before: sources that change while they are built are built again.
    const sources = await fingerprint(ROOT, build.inputs);
    await runNpm(`Building ${build.name}`, ROOT, ['run', 'build', '-w', build.name]);
    await writeFile(stampOf(build), sources);
  }
}

endWithNpm(killRunning);
try {
  if (!(await isPrepared())) await alone(ROOT, prepare);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
