import { describe, expect, it } from '@jest/globals';

import { HAPPENINGS, PHASES, step, type Happening, type Phase } from './connection.js';

/** Nothing happens: the phase stays, and nothing is to be done. */
const stays = 'stays';

/**
 * What every happening does to every phase: the next phase and, after a comma, what to do. It is total: a
 * phase or a happening without an answer does not compile.
 */
const TABLE: Readonly<Record<Phase, Readonly<Record<Happening, string>>>> = {
  idle: {
    start: 'connecting, connect',
    stop: stays,
    connected: stays,
    'connected-adrift': stays,
    disconnected: stays,
    outage: stays,
    positioned: stays,
    'acked-live': stays,
    'acked-resume': stays,
    'acked-reset': stays,
    'open-failed': stays,
    refused: stays,
    'caught-up': stays,
    gap: stays,
    reset: stays,
    'signed-out': stays,
  },
  connecting: {
    start: stays,
    stop: 'idle, close',
    connected: 'opening, open',
    'connected-adrift': 'loading',
    disconnected: stays,
    outage: 'offline',
    positioned: stays,
    'acked-live': stays,
    'acked-resume': stays,
    'acked-reset': stays,
    'open-failed': stays,
    refused: 'ended, close',
    'caught-up': stays,
    gap: stays,
    reset: stays,
    'signed-out': 'signed_out, close',
  },
  loading: {
    start: stays,
    stop: 'idle, close',
    connected: 'opening, open',
    'connected-adrift': stays,
    disconnected: 'reconnecting',
    outage: stays,
    positioned: 'opening, open',
    'acked-live': stays,
    'acked-resume': stays,
    'acked-reset': stays,
    'open-failed': stays,
    refused: 'ended, close',
    'caught-up': stays,
    gap: stays,
    reset: stays,
    'signed-out': 'signed_out, close',
  },
  opening: {
    start: stays,
    stop: 'idle, close',
    connected: 'opening, open',
    'connected-adrift': 'loading',
    disconnected: 'reconnecting',
    outage: stays,
    positioned: stays,
    'acked-live': 'live',
    'acked-resume': 'resuming',
    'acked-reset': 'loading, load',
    'open-failed': 'opening, open-later',
    refused: 'ended, close',
    'caught-up': stays,
    gap: stays,
    reset: stays,
    'signed-out': 'signed_out, close',
  },
  resuming: {
    start: stays,
    stop: 'idle, close',
    connected: 'opening, open',
    'connected-adrift': 'loading',
    disconnected: 'reconnecting',
    outage: stays,
    positioned: stays,
    'acked-live': stays,
    'acked-resume': stays,
    'acked-reset': stays,
    'open-failed': stays,
    refused: 'ended, close',
    'caught-up': 'live',
    gap: 'opening, open',
    reset: 'loading, load',
    'signed-out': 'signed_out, close',
  },
  live: {
    start: stays,
    stop: 'idle, close',
    connected: 'opening, open',
    'connected-adrift': 'loading',
    disconnected: 'reconnecting',
    outage: stays,
    positioned: stays,
    'acked-live': stays,
    'acked-resume': stays,
    'acked-reset': stays,
    'open-failed': stays,
    refused: 'ended, close',
    'caught-up': stays,
    gap: 'opening, open',
    reset: 'loading, load',
    'signed-out': 'signed_out, close',
  },
  reconnecting: {
    start: stays,
    stop: 'idle, close',
    connected: 'opening, open',
    'connected-adrift': 'loading',
    disconnected: stays,
    outage: 'offline',
    positioned: stays,
    'acked-live': stays,
    'acked-resume': stays,
    'acked-reset': stays,
    'open-failed': stays,
    refused: 'ended, close',
    'caught-up': stays,
    gap: stays,
    reset: stays,
    'signed-out': 'signed_out, close',
  },
  offline: {
    start: stays,
    stop: 'idle, close',
    connected: 'opening, open',
    'connected-adrift': 'loading',
    disconnected: stays,
    outage: stays,
    positioned: stays,
    'acked-live': stays,
    'acked-resume': stays,
    'acked-reset': stays,
    'open-failed': stays,
    refused: 'ended, close',
    'caught-up': stays,
    gap: stays,
    reset: stays,
    'signed-out': 'signed_out, close',
  },
  signed_out: {
    start: 'connecting, connect',
    stop: 'idle',
    connected: stays,
    'connected-adrift': stays,
    disconnected: stays,
    outage: stays,
    positioned: stays,
    'acked-live': stays,
    'acked-resume': stays,
    'acked-reset': stays,
    'open-failed': stays,
    refused: stays,
    'caught-up': stays,
    gap: stays,
    reset: stays,
    'signed-out': stays,
  },
  ended: {
    start: 'connecting, connect',
    stop: 'idle',
    connected: stays,
    'connected-adrift': stays,
    disconnected: stays,
    outage: stays,
    positioned: stays,
    'acked-live': stays,
    'acked-resume': stays,
    'acked-reset': stays,
    'open-failed': stays,
    refused: stays,
    'caught-up': stays,
    gap: stays,
    reset: stays,
    'signed-out': stays,
  },
};

const CASES = PHASES.flatMap((phase) => HAPPENINGS.map((happening) => [phase, happening] as const));

describe('[F1] the connection', () => {
  it.each(CASES)('%s: %s', (phase, happening) => {
    const { phase: next, command } = step(phase, happening);
    const expected = TABLE[phase][happening];
    expect([next, command].filter(Boolean).join(', ')).toBe(expected === stays ? phase : expected);
  });

  it('is answered for every phase and happening', () => {
    expect(CASES).toHaveLength(PHASES.length * HAPPENINGS.length);
    expect(Object.keys(TABLE)).toEqual([...PHASES]);
    for (const row of Object.values(TABLE)) expect(Object.keys(row)).toEqual([...HAPPENINGS]);
  });

  it('leaves no phase without a way out, and reaches each', () => {
    for (const phase of PHASES) {
      const next = HAPPENINGS.map((happening) => step(phase, happening).phase);
      expect(next.some((other) => other !== phase)).toBe(true);
    }
    const reached = new Set<Phase>(['idle']);
    for (const phase of reached)
      for (const happening of HAPPENINGS) reached.add(step(phase, happening).phase);
    expect([...reached].sort()).toEqual([...PHASES].sort());
  });
});
