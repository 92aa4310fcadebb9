import type { FeedOpen, FeedOpenAck } from '#contract/socket';

import { NetworkError } from '../../api/errors.js';
import type { Clock } from '../clock.js';
import type { Transport, TransportListener } from '../transport.js';
import type { Down, ModelProcess, ModelSocket } from './model-process.js';

const ACK_TIMEOUT_MS = 10_000;

type Deliver = () => void;

const overTheWire = <Value>(value: Value): Value =>
  value === undefined ? value : (JSON.parse(JSON.stringify(value)) as Value);

/**
 * A socket under the test's hand: each message waits until the test delivers it, in whatever order, twice
 * or never. What is still under way when the connection is lost is lost.
 */
export class FuzzTransport implements Transport {
  readonly #clock: Clock;
  #listener: TransportListener | undefined;
  #process: ModelProcess | undefined;
  #socket: ModelSocket | undefined;
  #up: Deliver[] = [];
  #down: Deliver[] = [];
  #waiting = new Set<(ack: undefined) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isWanted(): boolean {
    return this.#listener !== undefined;
  }

  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  get up(): Deliver[] {
    return this.#up;
  }

  get down(): Deliver[] {
    return this.#down;
  }

  connect(listener: TransportListener): void {
    this.#listener = listener;
  }

  close(): void {
    this.#lose();
    this.#listener = undefined;
  }

  open(message: FeedOpen, answered: (ack: FeedOpenAck | undefined) => void): void {
    const [process, socket] = [this.#process, this.#socket];
    if (process === undefined || socket === undefined) return answered(undefined);
    const answer = (ack: FeedOpenAck | undefined) => {
      if (!this.#waiting.delete(answer)) return;
      cancel();
      answered(ack);
    };
    const cancel = this.#clock.after(ACK_TIMEOUT_MS, () => answer(undefined));
    this.#waiting.add(answer);
    this.#up.push(() =>
      process.open(socket, message, (ack) => void this.#down.push(() => answer(overTheWire(ack)))),
    );
  }

  /** Nobody is shown here. */
  presence(): void {}

  /** The test's side: a socket to this process comes to be. */
  attach(process: ModelProcess): void {
    this.#process = process;
    this.#socket = {
      send: (down) => void this.#down.push(() => this.#tell(overTheWire(down))),
    };
    this.#listener?.connected();
  }

  /** The test's side: the socket is lost. */
  detach(): void {
    if (!this.isConnected) return;
    this.#lose();
    this.#listener?.disconnected(true);
  }

  /** The test's side: the server gives this socket up. */
  drop(): void {
    if (this.#socket) this.#process?.drop(this.#socket);
  }

  #lose(): void {
    if (this.#socket) this.#process?.leave(this.#socket);
    this.#socket = undefined;
    this.#up = [];
    this.#down = [];
    for (const answer of [...this.#waiting]) answer(undefined);
  }

  #tell(down: Down): void {
    const listener = this.#listener;
    if (down.name === 'feed') listener?.feed(down.message);
    else if (down.name === 'feed:beat') listener?.beat(down.message);
    else if (down.name === 'feed:reset') listener?.reset(down.message);
    else if (down.name === 'stats') listener?.stats(down.message);
  }
}

interface Call {
  /** What is left to be done, one turn of the test each; the last one answers. */
  readonly turns: (() => void)[];
  /** Something of it has been done on the server. */
  started: boolean;
  lose(): void;
}

/** Requests under the test's hand: each step of each waits for its turn, and any can be lost. */
export class FuzzHttp {
  #calls: Call[] = [];
  #isDead = false;
  /** Every call fails at once. */
  isDown = false;

  get calls(): readonly Call[] {
    return this.#calls;
  }

  /**
   * @param steps done one after the other on the server; each gets what the one before gave
   * @returns the last step's result, once it is carried back
   */
  call<Answer>(first: () => unknown, ...steps: ((before: never) => unknown)[]): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    if (this.#isDead) return promise;
    if (this.isDown) return Promise.reject(new NetworkError('down'));
    let result: unknown;
    let failure: unknown;
    const turns = [first, ...steps].map((step) => () => {
      try {
        if (failure === undefined) result = step(result as never);
      } catch (thrown) {
        failure = thrown;
      }
    });
    turns.push(() => (failure === undefined ? resolve(overTheWire(result as Answer)) : reject(failure)));
    const call = { turns, started: false, lose: () => reject(new NetworkError('lost')) };
    this.#calls.push(call);
    return promise;
  }

  /** Carries one call a turn further. */
  turn(call: Call): void {
    call.turns.shift()?.();
    call.started = true;
    if (call.turns.length === 0) this.#forget(call);
  }

  /** Loses a call where it is; what it has done is done. */
  lose(call: Call): void {
    this.#forget(call);
    call.lose();
  }

  /** The server starts anew: what it was in the middle of is lost, what it has answered is on its way. */
  restart(): void {
    for (const call of this.#calls) if (call.started && call.turns.length > 1) this.lose(call);
  }

  /** The page is gone: what the server does not have never comes, what it answers nobody hears. */
  die(arrives: () => boolean): void {
    this.#isDead = true;
    for (const { turns } of this.#calls.splice(0)) if (turns.length > 1 && arrives()) turns[0]?.();
  }

  #forget(call: Call): void {
    this.#calls = this.#calls.filter((other) => other !== call);
  }
}
