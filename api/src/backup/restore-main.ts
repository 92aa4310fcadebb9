import { readEnvironment } from '../config/environment.js';
import { openDatabase } from '../database/open-database.js';
import { run } from '../run.js';
import { BackupError } from './backup.error.js';
import { readCommandLine, STANDARD, tellProgress } from './command-line.js';
import { restore } from './restore.js';

const USAGE = 'npm run restore -- FILE [--force]';

await run(async (lifecycle) => {
  const { file, force } = readCommandLine(USAGE);
  if (file === null) throw new BackupError(`Name the file to restore. Usage: ${USAGE}`);
  const connection = await openDatabase(readEnvironment(), lifecycle);
  console.error('Restoring …');
  await restore(connection, file === STANDARD ? process.stdin : file, { force, progress: tellProgress });
  console.error('Restored. Screens that were open start anew when the desk is back: npm start');
  lifecycle.finish();
}, 1);
