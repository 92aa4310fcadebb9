import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEGABYTE = Buffer.alloc(1024 * 1024);
const PAGE = 4096;
const FILLER = 'filler';
/** Mounts a file system of `$1` MB at `$0`, and holds it for as long as nobody ends this. */
const HOLD = 'mount -t tmpfs -o "size=$1m,mode=755" tmpfs "$0" && echo ready && exec sleep infinity';

/**
 * A file system in memory of a few megabytes, which can be filled to the last byte. It is mounted in a name space of
 * its own, by which whoever is not root may do so too (unshare(1), nsenter(1) of util-linux), and goes with it.
 */
export class SmallDisk {
  private constructor(
    private readonly holder: ChildProcess,
    /** The folder as processes started with `command` see it. */
    readonly folder: string,
  ) {}

  static async mount(megabytes: number): Promise<SmallDisk> {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-disk-'));
    const spaces = isRoot ? ['-m'] : ['-r', '-m'];
    const holder = spawn('unshare', [...spaces, 'sh', '-c', HOLD, folder, String(megabytes)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [said] = (await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')])) as [unknown];
    if (!Buffer.isBuffer(said))
      throw new Error('A small disk needs the right to mount: root, or user name spaces');
    return new SmallDisk(holder, folder);
  }

  /** Goes before a command that is to find the disk at `folder`; it becomes that command, with the same process id. */
  get command(): readonly string[] {
    const pid = String(this.holder.pid);
    if (isRoot) return ['nsenter', '-t', pid, '-m'];
    // In a name space where it is root; a second one gives it back who it was.
    const [user, group] = [process.getuid!(), process.getgid!()];
    const again = ['unshare', '-U', `--map-user=${user}`, `--map-group=${group}`];
    return ['nsenter', '-t', pid, '-U', '-m', '--preserve-credentials', ...again];
  }

  /** The same folder as this process sees it. */
  get inside(): string {
    return `/proc/${this.holder.pid}/root${this.folder}`;
  }

  /** Leaves not one byte. */
  fill(): void {
    const file = openSync(join(this.inside, FILLER), 'a');
    for (const piece of [MEGABYTE, MEGABYTE.subarray(0, PAGE)]) {
      try {
        for (;;) writeSync(file, piece);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
    closeSync(file);
  }

  /** Takes back what `fill` has taken. */
  free(): void {
    rmSync(join(this.inside, FILLER), { force: true });
  }

  async unmount(): Promise<void> {
    const ended = once(this.holder, 'exit');
    this.holder.kill('SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const isRoot = process.getuid?.() === 0;
