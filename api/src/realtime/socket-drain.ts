import { setTimeout as pause } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import type { FeedServer } from './channels.js';

const WAVE_EVERY_MS = 100;
/** Of each socket's share of time: a process that takes them all over admits some hundred a second with ease. */
const EACH_MS = 8;
const ALL_WITHIN_MS = 4_000;

/**
 * Closes the sockets of a process that is about to end, in waves: all of a large desk at once would come back at
 * once. Each closes after what was sent to it; its client comes back by its cursor, to whichever process is there.
 */
@Injectable()
export class SocketDrain {
  #server: FeedServer | null = null;

  attach(server: FeedServer): void {
    this.#server = server;
  }

  /** Resolves when all have been told to close. */
  async run(): Promise<void> {
    const sockets = [...(this.#server?.of('/').sockets.values() ?? [])];
    const waves = Math.ceil(Math.min(ALL_WITHIN_MS, sockets.length * EACH_MS) / WAVE_EVERY_MS);
    const size = Math.ceil(sockets.length / waves);
    for (let wave = 0; wave < waves; wave += 1) {
      if (wave > 0) await pause(WAVE_EVERY_MS);
      // Not `disconnect`, after which Socket.IO's clients do not come back by themselves.
      for (const { conn } of sockets.slice(wave * size, (wave + 1) * size)) conn.close();
    }
  }
}
