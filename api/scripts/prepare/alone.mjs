import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs `work` while nobody else who calls this for the same folder does. The lock is a socket listened on: it ends
 * with its holder, however that dies, and who waits sees it close.
 * @param {string} folder
 * @param {() => Promise<void>} work
 */
export async function alone(folder, work) {
  const name = `signalbox-prepare-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  // Linux has names for sockets that are no files and so are never left behind.
  const address = process.platform === 'linux' ? `\0${name}` : join(tmpdir(), name);
  const waiting = new Set();
  const lock = createServer((other) => {
    waiting.add(other.on('error', () => undefined));
  });
  for (let told = false; !(await listening(lock, address));) {
    if (!told) console.log('Another start is preparing this folder; waiting for it …');
    told = true;
    await closed(address);
  }
  try {
    await work();
  } finally {
    lock.close();
    for (const other of waiting) other.destroy();
  }
}

async function listening(lock, address) {
  try {
    lock.listen(address);
    await once(lock, 'listening');
    return true;
  } catch (error) {
    if (error.code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** Resolves when whoever listens there has gone. */
async function closed(address) {
  const holder = connect(address);
  try {
    await once(holder, 'connect');
    holder.resume();
    await once(holder, 'close');
  } catch (error) {
    // Nobody listens on that file any more: its holder was killed.
    if (error.code === 'ECONNREFUSED' && !address.startsWith('\0'))
      await unlink(address).catch(() => undefined);
  }
}
