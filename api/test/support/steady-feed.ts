import { setTimeout as pause } from 'node:timers/promises';

import { FeedClient } from './feed-client.js';

const LOOKS_EVERY_MS = 50;
const TRIES_AGAIN_MS = 100;

/** A FeedClient that comes back as a page does, by its cursor, whenever its connection or its feed has ended. */
export class SteadyFeed {
  #leaving = false;
  #staying: Promise<void> = Promise.resolve();

  private constructor(
    readonly client: FeedClient,
    private readonly where: () => string,
  ) {}

  /** Connects, tries again where need be, and loads its snapshot. @param where to connect to, asked anew each time */
  static async open(where: () => string): Promise<SteadyFeed> {
    const steady = new SteadyFeed(new FeedClient(where()), where);
    steady.#staying = steady.#stay();
    while (!steady.client.isOpen) await pause(LOOKS_EVERY_MS);
    await steady.client.loadSnapshot();
    return steady;
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    await this.#staying;
    this.client.disconnect();
  }

  async #stay(): Promise<void> {
    const { client } = this;
    while (!this.#leaving) {
      if (!client.socket?.connected || !client.isOpen) {
        client.disconnect();
        await client.connect(this.where()).catch(() => pause(TRIES_AGAIN_MS));
      }
      await pause(LOOKS_EVERY_MS);
    }
  }
}
