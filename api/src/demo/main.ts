import { randomBytes } from 'node:crypto';

import { readEnvironment } from '../config/environment.js';
import type { Lifecycle } from '../lifecycle/lifecycle.js';
import { run } from '../run.js';
import { serve } from '../serve.js';
import { AGENTS, emailOf } from './agents.js';
import { freePort } from './free-port.js';
import { Random } from './random.js';
import { seed } from './seed/seed.js';
import { Storyteller } from './story/storyteller.js';
import { makeThrowAwayFolder, removeFolder, removeStaleFolders } from './throw-away-folder.js';
import { Desk } from './traffic/desk.js';
import { Traffic } from './traffic/traffic.js';

const TICKETS = 2_000;
const SEED = 1825;

/** The settings of a demo: those of the environment, but for the database, which is always one of its own. */
async function demoEnvironment(folder: string) {
  const given = { ...process.env, DATABASE_URL: '', DATA_DIR: folder };
  const environment = readEnvironment(given);
  if (process.env['DATABASE_URL'])
    console.log('DATABASE_URL is left alone: a demo has a database of its own.');
  if (process.env['PORT']) return environment;
  const port = await freePort(environment.PORT, environment.HOST);
  if (port !== environment.PORT) console.log(`Port ${environment.PORT} is in use, so this runs on ${port}.`);
  return { ...environment, PORT: port };
}

async function main(lifecycle: Lifecycle): Promise<void> {
  // Beside the start: one that another demo uses takes a moment to tell.
  void removeStaleFolders();
  const folder = await makeThrowAwayFolder();
  lifecycle.atEnd(() => removeFolder(folder));
  const environment = await demoEnvironment(folder);

  const random = new Random(SEED);
  const storyteller = new Storyteller(random);
  const now = Date.now();
  const stories = storyteller.history(TICKETS, now);
  console.log(`Making a desk of ${TICKETS.toLocaleString('en')} tickets …`);
  const password = environment.ADMIN_PASSWORD ?? randomBytes(6).toString('hex');
  const { url, connection } = await serve(environment, lifecycle, {
    beforeListening: (database) => seed(database, stories, now, password),
  });
  const traffic = new Traffic(connection, Desk.of(stories, now), storyteller, random, { tell: console.log });
  lifecycle.atEnd(() => traffic.stop());
  traffic.start();
  const [admin, agent] = AGENTS.map(emailOf);
  console.log(`Signalbox is ready on ${url}
Sign in as ${admin} (administrator) or ${agent} (agent), password: ${password}
Every few seconds somebody writes, takes a ticket or solves one; now and then many write at once.
Tickets and people are made up, and all of it is thrown away when you end it with Ctrl-C.`);
}

await run(main);
