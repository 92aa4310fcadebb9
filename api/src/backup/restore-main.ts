import { readEnvironment } from '../config/environment.js';
import { run } from '../run.js';
import { restore } from './backup.js';
import { BackupError } from './backup.error.js';
import { readCommandLine, tellProgress } from './command-line.js';
import { openToWrite } from './open-database.js';

const USAGE = 'npm run restore -- FILE [--force]';

await run(async (lifecycle) => {
  const { file, force } = readCommandLine(USAGE);
  if (file === null) throw new BackupError(`Name the file to restore. Usage: ${USAGE}`);
  const connection = await openToWrite(readEnvironment(), lifecycle);
  console.log('Restoring …');
  await restore(connection, file, { force, progress: tellProgress });
  console.log('Restored. Screens that were open start anew when the desk is back: npm start');
  lifecycle.finish();
});
