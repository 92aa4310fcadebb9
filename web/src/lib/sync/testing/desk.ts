import type { Ticket } from '#contract/ticket';

import { SyncClient } from '../sync-client.js';
import type { SyncOptions } from '../sync-options.js';
import { FakeClock } from './fake-clock.js';
import { FakeCommands, listOf } from './fake-commands.js';
import { FakeTransport } from './fake-transport.js';
import { cursorAt, statsAt } from './tickets.js';

export type DeskOptions = Partial<SyncOptions> & { readonly passedMs?: number };

/** A client with everything around it under the test's hand. */
export class Desk {
  readonly clock: FakeClock;
  readonly transport = new FakeTransport();
  readonly commands = new FakeCommands();
  readonly client: SyncClient;
  #ops = 0;

  /** @param passedMs how much later than others this desk begins */
  constructor({ passedMs = 0, ...options }: DeskOptions = {}) {
    this.clock = new FakeClock(undefined, passedMs);
    this.client = new SyncClient({
      transport: this.transport,
      commands: this.commands,
      clock: this.clock,
      newOpId: () => `op-${++this.#ops}`,
      ...options,
    });
    this.client.start();
  }

  /** Live at position 10, having read these tickets. */
  static async live(tickets: readonly Ticket[] = [], options: DeskOptions = {}): Promise<Desk> {
    const desk = new Desk(options);
    const list = desk.client.list({ page_size: 1 });
    await desk.commands.lists[0]!.answer(listOf(tickets, 10, { next: '/next' }));
    list.close();
    desk.transport.listener.connected();
    desk.transport.ack('resume', cursorAt(10));
    desk.transport.listener.stats(statsAt(10));
    desk.transport.beat(cursorAt(10));
    return desk;
  }
}
