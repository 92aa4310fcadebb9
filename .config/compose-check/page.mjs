import { io } from 'socket.io-client';

/** One open page: a socket that holds to the contract of the feed, comes back by itself and goes on where it was. */
export class Page {
  /** Ids of the tickets whose events have come, with the moment of each. */
  tickets = new Map();
  resumes = 0;
  resets = 0;
  #cursor = null;

  /** @param {string} url of the desk @param {string} cookie of a session */
  constructor(url, cookie) {
    this.socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 200,
      reconnectionDelayMax: 1_000,
      extraHeaders: { cookie, origin: url },
    });
    this.opened = new Promise((resolve, reject) => {
      this.socket.on('connect', () => this.#open().then(resolve, reject));
    });
    this.opened.catch(() => undefined);
    this.socket.on('feed', ({ epoch, prev, to, mark, events }) => {
      if (to <= this.#cursor.id) return;
      if (prev !== this.#cursor.id || epoch !== this.#cursor.epoch) return void this.#open();
      this.#cursor = { epoch, id: to, mark };
      for (const { ticket_id: id } of events) this.tickets.set(id, performance.now());
    });
  }

  async #open() {
    const message = { channel: 'board', ...(this.#cursor === null ? {} : { cursor: this.#cursor }) };
    const answer = await new Promise((resolve) => {
      // Taken here and not after an await: envelopes may follow in the same turn.
      this.socket.emit('feed:open', message, (ack) => {
        if (ack.cursor !== undefined) this.#cursor = ack.cursor;
        resolve(ack);
      });
    });
    if (answer.error !== undefined) throw new Error(`The feed was refused: ${answer.error.detail}`);
    if (answer.mode === 'resume') this.resumes += 1;
    if (answer.mode === 'reset') this.resets += 1;
  }

  close() {
    this.socket.disconnect();
  }
}
