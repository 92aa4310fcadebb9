import { describe, expect, it } from '@jest/globals';

import { LatencyMeter } from './latency-meter.js';

const NOW = Date.parse('2026-11-21T09:00:00.000Z');
const at = (ms: number) => new Date(ms).toISOString();

describe('[H4] latency', () => {
  it('is unknown at first, then half a round trip', () => {
    const meter = new LatencyMeter();
    expect(meter.latencyMs).toBeNull();
    meter.change(at(NOW), NOW + 5);
    expect(meter.latencyMs).toBeNull();
    meter.roundTrip(30);
    expect(meter.latencyMs).toBe(15);
  });

  it.each([0, 3_600_000, -3_600_000])('does not depend on a clock that is %i ms off', (off) => {
    const meter = new LatencyMeter();
    meter.roundTrip(20);
    meter.beat(at(NOW), NOW + off + 40);
    meter.beat(at(NOW), NOW + off + 10);
    expect(meter.latencyMs).toBe(10);
    meter.change(at(NOW), NOW + off + 90);
    expect(meter.latencyMs).toBe(90);
  });

  it('forgets the quickest beat after a while, as clocks drift', () => {
    const meter = new LatencyMeter();
    meter.beat(at(NOW), NOW);
    for (let beat = 0; beat < 12; beat += 1) meter.beat(at(NOW), NOW + 50);
    expect(meter.latencyMs).toBe(0);
  });

  it('is never below zero', () => {
    const meter = new LatencyMeter();
    meter.beat(at(NOW), NOW + 50);
    meter.change(at(NOW), NOW + 10);
    expect(meter.latencyMs).toBe(0);
  });
});
