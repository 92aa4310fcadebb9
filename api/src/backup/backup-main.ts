import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { readEnvironment } from '../config/environment.js';
import { run } from '../run.js';
import { backUp } from './backup.js';
import { readCommandLine, tellProgress } from './command-line.js';
import { dataDirOf, openToRead } from './open-database.js';

await run(async (lifecycle) => {
  const { file: named, force } = readCommandLine('npm run backup [-- FILE [--force]]');
  const environment = readEnvironment();
  const stamp = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  const file = named ?? join(dataDirOf(environment), 'backups', `signalbox-${stamp}.backup.gz`);
  const connection = await openToRead(environment, lifecycle);
  console.log('Backing up …');
  await backUp(connection, file, { force, progress: tellProgress });
  const megabytes = ((await stat(file)).size / 1024 ** 2).toFixed(1);
  console.log(`All of it is in ${file} (${megabytes} MB). Whoever has the file has the desk: keep it safe.`);
  lifecycle.finish();
});
