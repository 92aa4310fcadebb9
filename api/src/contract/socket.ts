import { z } from 'zod';

import { cursor } from './cursor.js';
import { event } from './events.js';
import { problem } from './problem.js';
import { stats, statsDelta } from './stats.js';
import { instant, text } from './text.js';
import { ticketId } from './ticket.js';

export const channel = z.enum(['board', 'wall']);

/** Up, with ack. Without a cursor the feed is live from the acked cursor on. */
export const feedOpen = z.strictObject({ channel, cursor: cursor.optional() });

/**
 * `live`: from `cursor` on. `resume`: everything since the asked cursor follows as envelopes.
 * `reset`: that cursor cannot be served whole; load a snapshot and open again with its `as_of`.
 */
export const feedOpened = z.object({ mode: z.enum(['live', 'resume', 'reset']), cursor });
export const feedOpenFailed = z.object({ error: problem });
export const feedOpenAck = z.union([feedOpened, feedOpenFailed]);

/** A slice of the log: all events with `prev` < id <= `to`. `stats` is null during a resume. */
export const feedEnvelope = z
  .object({
    epoch: z.uuid(),
    prev: z.number().int().min(0),
    to: z.number().int().min(0),
    mark: z.string(),
    events: z.array(event),
    stats: statsDelta.nullable(),
  })
  .meta({ id: 'FeedEnvelope' });

/** Sent at least every 5 s, only after the log was really read up to `cursor`. */
export const feedBeat = z.object({ cursor, at: instant });
export const feedReset = z.object({ reason: z.string() });

export const presenceSet = z.strictObject({
  ticket_id: ticketId.nullable(),
  mode: z.enum(['viewing', 'editing']),
  field: text(1, 40).optional(),
});
export const presenceEntry = z.object({
  id: z.string(),
  name: z.string(),
  mode: z.enum(['viewing', 'editing']),
  field: z.string().optional(),
  since: instant,
});
export const presence = z.object({ tickets: z.record(z.string(), z.array(presenceEntry)) });
export const sessionEnd = z.object({ reason: z.string() });

/** Every message of the socket, by direction and name. */
export const upMessages = { 'feed:open': feedOpen, 'presence:set': presenceSet } as const;
export const downMessages = {
  feed: feedEnvelope,
  'feed:beat': feedBeat,
  'feed:reset': feedReset,
  stats,
  presence,
  'session:end': sessionEnd,
} as const;

export type Channel = z.infer<typeof channel>;
export type FeedOpen = z.infer<typeof feedOpen>;
export type FeedOpened = z.infer<typeof feedOpened>;
export type FeedOpenAck = z.infer<typeof feedOpenAck>;
export type FeedEnvelope = z.infer<typeof feedEnvelope>;
export type FeedBeat = z.infer<typeof feedBeat>;
export type FeedReset = z.infer<typeof feedReset>;

/** Types for Socket.IO on both sides. */
export type ClientToServerEvents = {
  'feed:open': (message: FeedOpen, ack: (answer: FeedOpenAck) => void) => void;
  'presence:set': (message: z.infer<typeof presenceSet>) => void;
};
export type ServerToClientEvents = {
  [Name in keyof typeof downMessages]: (message: z.infer<(typeof downMessages)[Name]>) => void;
};
