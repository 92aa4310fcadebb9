/**
 * Runs docker-compose.yml for real where there is no Docker engine and no image can be pulled: builds both
 * Dockerfiles on stand-ins for their base images, brings the stack up with two api replicas, walks through it and
 * takes it down, after a failure and Ctrl-C too. Needs a Debian machine, root and a network with Debian's and npm's
 * packages; leaves nothing but those of Debian's that were missing, and a cache.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { killRunning, run } from './command.mjs';
import { Engine, installPackages } from './engine.mjs';
import { baseImages, makeStandIns } from './stand-ins.mjs';
import { Walk } from './walk.mjs';

const WORKSPACE = resolve(import.meta.dirname, '../..');
const PASSWORDS = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD'];
const FOLDER = join(tmpdir(), 'signalbox-compose-check');

const begun = Date.now();
const say = (line) =>
  console.log(`${String(Math.round((Date.now() - begun) / 1000)).padStart(4)} s  ${line}`);

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (!interrupted) say('Interrupted; taking everything down …');
    interrupted = true;
    killRunning();
  });

/** A port of the loopback that nobody uses. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** What npm within the builds needs to reach the registry as npm does here; in no image afterwards. */
async function npmAccess(engine) {
  const settings = [];
  for (const name of ['registry', 'cafile']) {
    const value = await run('npm', ['config', 'get', name], { cwd: WORKSPACE });
    if (value !== 'null' && value !== '') settings.push(`${name}=${value}\n`);
  }
  const file = join(engine.folder, 'npmrc');
  await writeFile(file, settings.join(''));
  return ['--volume', `${file}:/root/.npmrc:ro`, '--volume', '/etc/ssl/certs:/etc/ssl/certs:ro'];
}

async function check(engine, url) {
  const images = await baseImages(WORKSPACE);
  await makeStandIns(engine, images, say);
  const access = await npmAccess(engine);
  for (const name of ['api', 'web']) {
    say(`Build ${name}/Dockerfile`);
    await engine.build(`localhost/signalbox-${name}`, ...access, '-f', `${name}/Dockerfile`, '.');
  }

  say('Refuse to start without a password');
  for (const name of PASSWORDS) {
    const { [name]: _, ...without } = engine.settings;
    await assert.rejects(engine.compose(['ps'], without), new RegExp(`Set ${name}`));
  }

  const walk = new Walk(engine, url, say);
  const steps = [
    ['Bring it up with two api replicas', () => engine.up().then(() => walk.isReady())],
    ['Look at users, file systems and images', () => walk.isLockedDown()],
    ['Try who reaches whom', () => walk.isParted()],
    ['Make the first administrator', () => walk.setUp()],
    ['Fetch pages, files and what is refused', () => walk.servesThePages()],
    ['Open pages', () => walk.opensPages()],
    ['Submit a ticket', () => walk.seesChanges()],
    ['Kill a replica (SIGKILL) and go on submitting', () => walk.survivesAKill()],
    ['Take all down and bring it up again on its data', () => walk.survivesARestart()],
  ];
  try {
    for (const [what, step] of steps) {
      if (interrupted) return images;
      say(what);
      await step();
    }
  } finally {
    walk.close();
  }
  return images;
}

/** What the containers have said last, for whoever looks for a fault. */
async function tellLogs(engine) {
  for (const container of await engine.containers().catch(() => [])) {
    const log = await run('sh', ['-c', `"$@" 2>&1 | tail -n 15`, '-', 'podman', 'logs', container], {
      env: engine.environment,
    }).catch(() => '');
    console.error(`\n-- ${container}\n${log}`);
  }
}

const port = await freePort();
const url = `http://127.0.0.1:${port}`;
// With what means something in URLs, shells and YAML.
const password = () => `p@ss:w/rd #%20'"${randomBytes(12).toString('hex')}`;
const engine = new Engine(FOLDER, WORKSPACE, {
  ...Object.fromEntries(PASSWORDS.map((name) => [name, password()])),
  API_REPLICAS: '2',
  LISTEN: `127.0.0.1:${port}`,
  PUBLIC_URL: url,
});

const owner = Number(await readFile(`${FOLDER}/pid`, 'utf8').catch(() => '0'));
const isAlive = (pid) =>
  run('kill', ['-0', String(pid)]).then(
    () => true,
    () => false,
  );
if (owner > 0 && (await isAlive(owner))) {
  console.error(`Another compose:check is running (process ${owner}).`);
  process.exit(1);
}

let failed = true;
try {
  await installPackages(say);
  // What a check that was killed has left.
  await engine.remove();
  await engine.prepare();
  await writeFile(`${FOLDER}/pid`, String(process.pid));
  const images = await check(engine, url);
  failed = interrupted;
  if (!interrupted) say(`All is well. Never pulled, stand-ins only: ${images.join(', ')}`);
} catch (error) {
  if (!interrupted) {
    console.error(`\nFailed: ${error.message}`);
    await tellLogs(engine);
  }
} finally {
  say('Take everything down');
  await engine.remove();
}
process.exit(failed ? 1 : 0);
