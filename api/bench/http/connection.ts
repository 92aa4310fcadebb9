import { connect, type Socket } from 'node:net';

const HEADERS_END = Buffer.from('\r\n\r\n');

/** What a server answered; `bytes` with headers. */
export interface Answer {
  readonly status: number;
  readonly bytes: number;
}

/**
 * A keep-alive connection that speaks just enough HTTP/1.1 for a server that sends Content-Length: an http client
 * of Node's own would use more of the machine than some of the routes it measures.
 */
export class Connection {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #length = 0;
  /** Bytes of the answer under way, once its headers are here. */
  #expected: number | null = null;
  #status = 0;
  #waiting: PromiseWithResolvers<Answer> | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection')));
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1');
    const opened = Promise.withResolvers<void>();
    socket.once('connect', opened.resolve);
    socket.once('error', opened.reject);
    await opened.promise;
    return new Connection(socket);
  }

  /** @param request a whole request as bytes (see `requestBytes`) */
  send(request: Buffer): Promise<Answer> {
    this.#waiting = Promise.withResolvers<Answer>();
    this.#socket.write(request);
    return this.#waiting.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#length += chunk.length;
    if (this.#expected === null) this.#readHeaders();
    if (this.#expected === null || this.#length < this.#expected) return;
    const answer = { status: this.#status, bytes: this.#expected };
    this.#received = [];
    this.#length = 0;
    this.#expected = null;
    this.#waiting?.resolve(answer);
  }

  #readHeaders(): void {
    const received = Buffer.concat(this.#received);
    this.#received = [received];
    const end = received.indexOf(HEADERS_END);
    if (end === -1) return;
    const headers = received.toString('latin1', 0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(headers)?.[1];
    this.#status = Number(headers.slice(9, 12));
    if (length === undefined && this.#status !== 204 && this.#status !== 304) {
      this.#waiting?.reject(new Error(`An answer without Content-Length: ${headers.slice(0, 200)}`));
      return;
    }
    this.#expected = end + HEADERS_END.length + Number(length ?? 0);
  }
}
