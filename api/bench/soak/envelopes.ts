import type { FeedEnvelope } from '../../src/contract/socket.js';

/** An envelope, and when its changes happened, in milliseconds since 1970. */
export interface Read {
  readonly envelope: FeedEnvelope;
  readonly changedAt: readonly number[];
}

/** Envelopes on their way at the same time, of all processes. */
const KEPT = 256;

const kept = new Map<string, Read>();

/** Parses each text once: hundreds of clients in one process receive the same one, and share what is in it. */
export function readEnvelope(text: string): Read {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const envelope = JSON.parse(text) as FeedEnvelope;
  const read = { envelope, changedAt: envelope.events.map(({ at }) => Date.parse(at)) };
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(text, read);
  return read;
}
