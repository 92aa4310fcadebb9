import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { runningProcesses, signalAll } from '../../src/database/embedded/processes.js';
import { eventually } from '../support/eventually.js';

const API = resolve(import.meta.dirname, '../..');

/** A build that notes that it ran; while there is a file `slow` in the root, it does not end by itself. */
const BUILD = (output: string) => `
import { existsSync, appendFileSync, mkdirSync, rmSync } from 'node:fs';
rmSync('${output}', { recursive: true, force: true });
mkdirSync('${output}');
appendFileSync('../built', '${output}\\n');
if (existsSync('../slow')) setInterval(() => undefined, 1000);
`;

describe('prepare', () => {
  /** What npm makes of these packages; the same wherever they are. */
  let lock: string | null = null;
  let root: string;
  const started: ChildProcess[] = [];

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'signalbox-prepare-')));
    await cp(join(API, 'scripts'), join(root, 'api/scripts'), { recursive: true });
    const start = 'PARENT_PID=$PPID; export PARENT_PID; node api/scripts/prepare.mjs && true';
    await writePackage('.', { name: 'desk', workspaces: ['api', 'web'], scripts: { start } });
    for (const [name, output] of [
      ['api', 'dist'],
      ['web', 'build'],
    ] as const) {
      await mkdir(join(root, name, 'src'), { recursive: true });
      await writeFile(join(root, name, 'src/main.ts'), '');
      await writeFile(join(root, name, 'build.mjs'), BUILD(output));
      await writePackage(name, {
        name,
        version: '1.0.0',
        scripts: { build: `node ${root}/${name}/build.mjs` },
      });
    }
    const file = join(root, 'package-lock.json');
    if (lock !== null) return writeFile(file, lock);
    await promisify(execFile)('npm', ['install', '--package-lock-only', '--offline', '--no-audit'], {
      cwd: root,
    });
    lock = await readFile(file, 'utf8');
  });

  afterEach(async () => {
    for (const { pid } of started.splice(0)) if (pid !== undefined) signalAll([-pid], 'SIGKILL');
    await eventually(async () => {
      const left = await running();
      signalAll(left, 'SIGKILL');
      expect(left).toEqual([]);
    });
    await rm(root, { recursive: true, force: true });
  });

  /** Builds that run, whoever started them. */
  const running = async () =>
    (await runningProcesses()).filter(({ command }) => command.includes(root)).map(({ pid }) => pid);

  const writePackage = (folder: string, content: object) =>
    writeFile(join(root, folder, 'package.json'), JSON.stringify(content));
  const builds = async () =>
    (await readFile(join(root, 'built'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  const npmStart = (): ChildProcess => {
    const npm = spawn('npm', ['start'], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], npm_config_offline: 'true' },
    });
    // Not its own: what is left of it would hold that open, and with it the run.
    npm.stderr.pipe(process.stderr, { end: false });
    started.push(npm);
    return npm;
  };
  const prepared = async () => expect(await once(npmStart(), 'exit')).toEqual([0, null]);

  it('installs and builds once, and again what has changed', async () => {
    await prepared();
    expect(await builds()).toEqual(['dist', 'build']);
    await prepared();
    expect(await builds()).toEqual(['dist', 'build']);
    await writeFile(join(root, 'web/src/main.ts'), 'changed');
    await prepared();
    expect(await builds()).toEqual(['dist', 'build', 'build']);
    await rm(join(root, 'api/dist'), { recursive: true });
    await prepared();
    expect(await builds()).toEqual(['dist', 'build', 'build', 'dist']);
  });

  it('does everything once for two that start together', async () => {
    await Promise.all([prepared(), prepared()]);
    expect((await builds()).toSorted()).toEqual(['build', 'dist']);
  });

  it.each([
    ['npm', 'SIGKILL'],
    ['npm', 'SIGTERM'],
    ['terminal', 'SIGINT'],
  ] as const)('ends with all that it started when %s gets %s', async (target, signal) => {
    await writeFile(join(root, 'slow'), '');
    const npm = npmStart();
    await eventually(async () => expect(await builds()).toEqual(['dist']), 60_000);
    const pid = npm.pid as number;
    process.kill(target === 'npm' ? pid : -pid, signal);
    await eventually(async () => expect(await running()).toEqual([]));

    await rm(join(root, 'slow'));
    await prepared();
    expect(await builds()).toEqual(['dist', 'dist', 'build']);
  });

  it('says what a failed build said', async () => {
    await appendFile(join(root, 'api/build.mjs'), 'console.error("no such letter"); process.exit(3)');
    const npm = spawn('node', ['api/scripts/prepare.mjs'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    npm.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
    expect(await once(npm, 'close')).toEqual([1, null]);
    expect(errors).toContain('no such letter');
  });
});
