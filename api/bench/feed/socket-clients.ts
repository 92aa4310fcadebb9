import { setTimeout as delay } from 'node:timers/promises';

import { io, type Socket } from 'socket.io-client';

import type { Frame, Moments } from '../floors/broadcast-floor.js';
import { machineMs } from '../metering/clock.js';
import { Latencies } from '../metering/latencies.js';
import { TOKEN } from '../server/caller.js';
import { serve } from '../worker/serve.js';
import { leanParser } from './lean-parser.js';

export interface OpenJob {
  readonly port: number;
  readonly sockets: number;
  /** Whether to open the feed, or only to connect (to a server that broadcasts by itself). */
  readonly feed: boolean;
}

/** What was received since `begin`. */
export interface Received {
  readonly sockets: number;
  /** Deliveries: events times sockets, and envelopes times sockets. */
  readonly events: number;
  readonly frames: number;
  /** Envelopes that did not follow the one before. */
  readonly gaps: number;
  /** When the last socket had all, by the machine's clock. */
  readonly endedAt: number;
}

const BATCH = 50;
const POLL_MS = 5;
const BEGINNING = /"prev":(\d+),"to":(\d+)/;

class Client {
  to = 0;
  gaps = 0;
  closed: string | null = null;

  constructor(readonly socket: Socket) {
    socket.on('disconnect', (reason) => (this.closed = reason));
  }
}

let clients: Client[] = [];
/** Each envelope once, numbered; and every receipt as a pair of an envelope's number and the moment, since 1970. */
let envelopes: Frame[] = [];
/** By the envelope's ends: several processes cut the log at points of their own. */
const numbers = new Map<string, number>();
let receipts: number[] = [];
let lastAt = 0;

function receive(client: Client, text: string): void {
  lastAt = machineMs();
  const [, prev, to] = BEGINNING.exec(text.slice(0, 160))!.map(Number) as [number, number, number];
  if (client.to !== 0 && prev !== client.to) client.gaps += 1;
  client.to = to;
  const at = Date.now();
  const key = `${prev}-${to}`;
  let number = numbers.get(key);
  if (number === undefined) {
    number = envelopes.push({ text, to, at }) - 1;
    numbers.set(key, number);
  }
  receipts.push(number, at);
}

async function connect({ port, feed }: OpenJob): Promise<Client> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    parser: leanParser,
    auth: { token: TOKEN },
  });
  const client = new Client(socket);
  const connected = Promise.withResolvers<void>();
  socket.once('connect', connected.resolve);
  socket.once('connect_error', connected.reject);
  await connected.promise;
  socket.on('feed', (text: string) => receive(client, text));
  if (feed) await socket.emitWithAck('feed:open', { channel: 'board' });
  return client;
}

/** Connects that many sockets more; resolves when all are open. */
async function open(job: OpenJob): Promise<void> {
  for (let left = job.sockets; left > 0; left -= BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, left) }, () => connect(job));
    clients.push(...(await Promise.all(batch)));
  }
}

/** Forgets what was received so far. */
function begin(): void {
  envelopes = [];
  numbers.clear();
  receipts = [];
  for (const client of clients) {
    client.gaps = 0;
    client.to = 0;
  }
}

/** Waits until every socket has an envelope that ends at `id` or later. */
async function until({ id, withinMs }: { id: number; withinMs: number }): Promise<Received> {
  const deadline = machineMs() + withinMs;
  while (clients.some(({ to }) => to < id)) {
    const late = clients.filter(({ to }) => to < id).length;
    const lost = clients.filter(({ closed }) => closed !== null);
    if (lost.length > 0) throw new Error(`${lost.length} of ${clients.length} sockets: ${lost[0]!.closed}`);
    if (machineMs() > deadline)
      throw new Error(`${late} sockets of ${clients.length} did not get event ${id}`);
    await delay(POLL_MS);
  }
  const events = changeMoments();
  let deliveries = 0;
  for (let at = 0; at < receipts.length; at += 2) deliveries += events[receipts[at]!]!.length;
  const gaps = clients.reduce((sum, client) => sum + client.gaps, 0);
  const frameCount = receipts.length / 2;
  return { sockets: clients.length, events: deliveries, frames: frameCount, gaps, endedAt: lastAt };
}

/**
 * How long after its commit each change was received, over all sockets.
 * @param sent when each envelope was sent, where that and not the commit is meant
 * @returns an encoded histogram (`Latencies.merge`)
 */
function latencies(sent: Moments | null): string {
  const found = new Latencies();
  const events = changeMoments();
  for (let receipt = 0; receipt < receipts.length; receipt += 2) {
    const number = receipts[receipt]!;
    const sentAt = sent?.get(envelopes[number]!.to);
    for (const at of events[number]!) found.add(receipts[receipt + 1]! - (sentAt ?? at));
  }
  return found.encode();
}

/** The envelopes received since `begin`, in order. */
function frames(): Frame[] {
  return envelopes.toSorted((a, b) => a.to - b.to);
}

/** When the changes in each envelope were committed, in milliseconds since 1970. */
function changeMoments(): number[][] {
  return envelopes.map(({ text }) => {
    const { events } = JSON.parse(text) as { events: { at: string }[] };
    return events.map(({ at }) => Date.parse(at));
  });
}

function close(): void {
  for (const { socket } of clients) socket.disconnect();
  clients = [];
  begin();
}

const served = { open, begin, until, latencies, frames, close };
export type SocketClients = typeof served;
serve(served);
