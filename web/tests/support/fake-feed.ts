import { randomUUID } from 'node:crypto';
import type { Page, WebSocketRoute } from '@playwright/test';

import type { Cursor } from '#contract/cursor';
import type { FeedEvent } from '#contract/events';
import type { FeedEnvelope, FeedOpen } from '#contract/socket';
import type { Stats } from '#contract/stats';

const BEAT_MS = 1_000;
/** As Engine.IO frames it; no pings, so that a test may put the page's clock forward. */
const OPENED = { sid: 'engine', upgrades: [], pingInterval: 600_000, pingTimeout: 600_000, maxPayload: 1e6 };

/**
 * A server's end of the socket, in a page's own network: it can do what the real one never should, and send
 * fifty thousand changes in seconds.
 */
export class FakeFeed {
  cursor: Cursor = { epoch: randomUUID(), id: 1_000, mark: 'm1000' };
  /** Whether the log is read; the socket is up all the same. */
  isReading = true;
  /** How often a feed was opened. */
  opened = 0;
  readonly #stats: () => Stats;
  #socket: WebSocketRoute | undefined;
  readonly #timer = setInterval(() => this.beat(), BEAT_MS);

  private constructor(stats: () => Stats) {
    this.#stats = stats;
  }

  /** @param stats the absolute figures to be sent when a feed is opened, as of `cursor` */
  static async of(page: Page, stats: (asOf: Cursor) => Stats): Promise<FakeFeed> {
    const feed: FakeFeed = new FakeFeed(() => stats(feed.cursor));
    await page.routeWebSocket(/\/socket\.io\//, (socket) => feed.#serve(socket));
    return feed;
  }

  beat(): void {
    if (this.isReading) this.#emit('feed:beat', { cursor: this.cursor, at: new Date().toISOString() });
  }

  /** Sends events as one envelope that follows on what was sent before. */
  send(events: readonly FeedEvent[]): void {
    const { epoch, id: prev } = this.cursor;
    const to = events.at(-1)?.id ?? prev;
    const mark = `m${to}`;
    this.cursor = { epoch, id: to, mark };
    const envelope: FeedEnvelope = { epoch, prev, to, mark, events: [...events], stats: {} };
    this.#emit('feed', envelope);
  }

  /** Goes on in another history, as after a restored backup. */
  forget(): void {
    this.cursor = { epoch: randomUUID(), id: 500, mark: 'm500' };
    this.#emit('feed:reset', { reason: 'restored' });
  }

  close(): void {
    clearInterval(this.#timer);
    void this.#socket?.close();
  }

  #serve(socket: WebSocketRoute): void {
    this.#socket = socket;
    socket.onMessage((message) => this.#receive(String(message)));
    socket.send(`0${JSON.stringify(OPENED)}`);
  }

  #receive(message: string): void {
    if (message.startsWith('40')) return this.#socket?.send('40{"sid":"socket"}');
    const [, ack, body] = /^42(\d+)(\[.*)$/s.exec(message) ?? [];
    if (ack === undefined || body === undefined) return;
    const [name, open] = JSON.parse(body) as [string, FeedOpen];
    if (name !== 'feed:open') return;
    this.opened += 1;
    const mode =
      open.cursor === undefined ? 'live' : open.cursor.epoch === this.cursor.epoch ? 'resume' : 'reset';
    this.#socket?.send(`43${ack}${JSON.stringify([{ mode, cursor: this.cursor }])}`);
    if (mode !== 'reset') this.#emit('stats', this.#stats());
  }

  #emit(name: string, payload: unknown): void {
    this.#socket?.send(`42${JSON.stringify([name, payload])}`);
  }
}
