import { spawn } from 'node:child_process';

const KEPT_CHARACTERS = 8_000;

/** Process groups of what runs now. */
const running = new Set();

/** A command that did not end with 0; its message carries the end of what it said. */
export class CommandError extends Error {}

/**
 * Runs a command, in a process group of its own, which Ctrl-C does not reach: whoever is interrupted decides.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} options
 * @returns {Promise<string>} what it wrote to its standard output
 * @throws CommandError
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child.pid);
    let output = '';
    let all = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (all = (all + chunk).slice(-KEPT_CHARACTERS)));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child.pid);
      if (code === 0) return resolve(output.trim());
      const what = `${command} ${args.join(' ')}`.slice(0, 300);
      reject(new CommandError(`${what}\nended with ${signal ?? code}:\n${all.trim()}`));
    });
  });
}

/** Ends everything that runs, with all its children. */
export function killRunning() {
  for (const group of running) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
