import { describe, expect, it } from '@jest/globals';

import type { PresenceEntry } from './presence-entry.js';
import { PresencePeers } from './presence-peers.js';

const entry = (id: string): PresenceEntry => ({
  id,
  name: id,
  mode: 'viewing',
  since: '2026-11-21T09:00:00.000Z',
});

describe('PresencePeers', () => {
  function start() {
    let elapsed = 0;
    return { peers: new PresencePeers(16_000, () => elapsed), pass: (ms: number) => (elapsed += ms) };
  }

  it('takes what a process says of some tickets once it has said everything', () => {
    const { peers } = start();
    expect(peers.change('p', { 1: [entry('ada')] })).toEqual([]);
    expect(peers.replace('p', { 1: [entry('ada')], 2: [entry('bob')] })).toEqual([1, 2]);
    expect(peers.change('p', { 2: [], 3: [entry('bob')] })).toEqual([2, 3]);
    expect(peers.entries(2)).toEqual([]);
    expect(peers.entries(3)).toEqual([entry('bob')]);
  });

  it('takes everything anew, so that a lost message heals', () => {
    const { peers } = start();
    peers.replace('p', { 1: [entry('ada')] });
    expect(peers.replace('p', { 2: [entry('ada')] })).toEqual([1, 2]);
    expect(peers.entries(1)).toEqual([]);
  });

  it('forgets a process that has gone silent, and only that', () => {
    const { peers, pass } = start();
    peers.replace('dead', { 1: [entry('ada')] });
    pass(8_000);
    peers.replace('alive', { 1: [entry('bob')] });
    pass(8_000);
    expect(peers.expire()).toEqual([1]);
    expect(peers.entries(1)).toEqual([entry('bob')]);
  });
});
