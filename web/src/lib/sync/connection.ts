/**
 * Where the connection stands.
 *
 * - `idle` not started · `connecting` no socket yet · `loading` socket up, but no position in the log: a
 *   read must give one · `opening` `feed:open` sent, envelopes are dropped until its ack · `resuming` what
 *   was missed is coming · `live` · `reconnecting` socket lost · `offline` lost for long, or no network ·
 *   `signed_out` nobody is signed in any more, or may see this: to be started again once somebody is ·
 *   `ended` the server wants us no more
 */
export const PHASES = [
  'idle',
  'connecting',
  'loading',
  'opening',
  'resuming',
  'live',
  'reconnecting',
  'offline',
  'signed_out',
  'ended',
] as const;
export type Phase = (typeof PHASES)[number];

/**
 * What can happen to it.
 *
 * - `connected` the socket is up and there is a position, or nobody needs one · `connected-adrift` it is up,
 *   and a read under way will give the position · `positioned` that read answered, or is no longer needed
 * - `acked-…` the answer to `feed:open` · `open-failed` none came, or "not now" · `refused` for good
 * - `caught-up` all that was missed has come · `gap` an envelope, a beat or a read does not fit · `reset`
 *   the server said `feed:reset` · `outage` too long without a socket · `signed-out` the server said so, by
 *   whatever way
 */
export const HAPPENINGS = [
  'start',
  'stop',
  'connected',
  'connected-adrift',
  'disconnected',
  'outage',
  'positioned',
  'acked-live',
  'acked-resume',
  'acked-reset',
  'open-failed',
  'refused',
  'caught-up',
  'gap',
  'reset',
  'signed-out',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** What the driver has to do on a transition; `load` drops the position and reads afresh. */
export type Command = 'connect' | 'open' | 'open-later' | 'load' | 'close';

export interface Step {
  readonly phase: Phase;
  readonly command?: Command;
}

type Moves = Partial<Record<Happening, Step>>;

const open: Step = { phase: 'opening', command: 'open' };
const load: Step = { phase: 'loading', command: 'load' };
const lost: Step = { phase: 'reconnecting' };

/** Of every phase in which the connection is wanted. A second `connected` is a new socket: nothing is open. */
const wanted: Moves = {
  stop: { phase: 'idle', command: 'close' },
  refused: { phase: 'ended', command: 'close' },
  'signed-out': { phase: 'signed_out', command: 'close' },
  connected: open,
  'connected-adrift': { phase: 'loading' },
};
/** Of every phase with an open feed. */
const flowing: Moves = { ...wanted, disconnected: lost, gap: open, reset: load };

/** Of every phase that only the app can end. */
const over: Moves = { start: { phase: 'connecting', command: 'connect' }, stop: { phase: 'idle' } };

const MOVES: Readonly<Record<Phase, Moves>> = {
  idle: { start: { phase: 'connecting', command: 'connect' } },
  connecting: { ...wanted, outage: { phase: 'offline' } },
  loading: { ...wanted, disconnected: lost, positioned: open },
  opening: {
    ...wanted,
    disconnected: lost,
    'acked-live': { phase: 'live' },
    'acked-resume': { phase: 'resuming' },
    'acked-reset': load,
    'open-failed': { phase: 'opening', command: 'open-later' },
  },
  resuming: { ...flowing, 'caught-up': { phase: 'live' } },
  live: flowing,
  reconnecting: { ...wanted, outage: { phase: 'offline' } },
  offline: wanted,
  signed_out: over,
  ended: over,
};

/** The next phase and what to do; the same phase and nothing to do where a happening has no meaning. */
export function step(phase: Phase, happening: Happening): Step {
  return MOVES[phase][happening] ?? { phase };
}
