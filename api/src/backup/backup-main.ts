import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { type Environment, readEnvironment } from '../config/environment.js';
import { dataDirOf } from '../database/open-database.js';
import { run } from '../run.js';
import { backUp, writeBackup } from './backup.js';
import { readCommandLine, STANDARD, tellProgress } from './command-line.js';
import { openToRead } from './open-to-read.js';

function defaultFile(environment: Environment): string {
  const stamp = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  return join(dataDirOf(environment), 'backups', `signalbox-${stamp}.backup.gz`);
}

await run(async (lifecycle) => {
  const { file: named, force } = readCommandLine('npm run backup [-- FILE [--force]]');
  const environment = readEnvironment();
  const connection = await openToRead(environment, lifecycle);
  console.error('Backing up …');
  const file = named ?? defaultFile(environment);
  const ending = new AbortController();
  const options = { progress: tellProgress, signal: ending.signal };
  const written =
    file === STANDARD
      ? writeBackup(connection, process.stdout, options)
      : backUp(connection, file, { ...options, force });
  // Whoever ends it finds no part of a file.
  lifecycle.atEnd(() => {
    ending.abort();
    return written.catch(() => undefined);
  });
  await written;
  if (file !== STANDARD) {
    const megabytes = ((await stat(file)).size / 1024 ** 2).toFixed(1);
    console.error(
      `All of it is in ${file} (${megabytes} MB). Whoever has the file has the desk: keep it safe.`,
    );
  }
  lifecycle.finish();
}, 1);
