import { spawn } from 'node:child_process';

const TELL_EVERY_MS = 10_000;
const KEPT_CHARACTERS = 20_000;

/** Process groups of what runs now. */
const running = new Set();

/**
 * Runs npm and shows only that it runs; its output when it fails.
 * @param {string} what one line: what is being done
 * @param {string} root where
 * @param {string[]} args for npm
 * @throws an Error that carries the end of the output
 */
export async function runNpm(what, root, args) {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  console.log(`${what} …`);
  const progress = setInterval(() => console.log(`${what} … ${seconds()} s`), TELL_EVERY_MS);
  try {
    await finished(root, args);
  } catch (error) {
    throw new Error(`${what} failed: npm ${args.join(' ')}\n${error.message}`, { cause: error });
  } finally {
    clearInterval(progress);
  }
}

/** Kills everything that runs, with all its children. */
export function killRunning() {
  for (const group of running) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function finished(root, args) {
  const npm = process.env.npm_execpath;
  const [command, ...rest] = npm ? [process.execPath, npm, ...args] : ['npm', ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(command, rest, { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child.pid);
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-KEPT_CHARACTERS));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child.pid);
      if (code === 0) resolve();
      else reject(new Error(output.trim() || `it ended with ${signal ?? code}`));
    });
  });
}
