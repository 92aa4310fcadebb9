import { setTimeout as pause } from 'node:timers/promises';

import { eventually } from './eventually.js';
import { FeedClient } from './feed-client.js';

const OPENS_WITHIN_MS = 60_000;
const LOOKS_EVERY_MS = 50;
const TRIES_AGAIN_MS = 100;

/** A FeedClient that comes back as a page does, by its cursor, whenever its connection or its feed has ended. */
export class SteadyFeed implements AsyncDisposable {
  #leaving = false;
  #staying: Promise<void> = Promise.resolve();

  private constructor(
    readonly client: FeedClient,
    private readonly where: () => string,
  ) {}

  /**
   * Connects, tries again where need be, and loads its snapshot.
   * @param where to connect to, asked anew each time
   * @throws when there is no feed after a minute
   */
  static async open(where: () => string): Promise<SteadyFeed> {
    const steady = new SteadyFeed(new FeedClient(where()), where);
    steady.#staying = steady.#stay();
    try {
      const opened = () => {
        if (!steady.client.isOpen) throw new Error(`No feed from ${where()}`);
      };
      await eventually(opened, OPENS_WITHIN_MS, LOOKS_EVERY_MS);
      await steady.client.loadSnapshot();
      return steady;
    } catch (error) {
      await steady.leave();
      throw error;
    }
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    await this.#staying;
    this.client.disconnect();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.leave();
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
