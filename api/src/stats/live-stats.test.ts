import { describe, expect, it } from '@jest/globals';

import type { Cursor } from '../contract/cursor.js';
import type { EventLog } from '../event-log/event-log.js';
import { Metrics } from '../metrics/metrics.js';
import type { Baseline } from './baseline.js';
import { Fold } from './fold.js';
import { LiveStats } from './live-stats.js';

const OLD: Cursor = { epoch: 'a', id: 7, mark: 'aa' };
const NEW: Cursor = { epoch: 'b', id: 9, mark: 'bb' };

/** The fold of this many tickets. */
function foldOf(tickets: number): Fold {
  const fold = new Fold();
  fold.addCell({ status: 'open', priority: 'low', category: 'general', assigneeId: null }, tickets);
  fold.addCreated(1, tickets);
  return fold;
}

describe('LiveStats', () => {
  it('says of which position its figures are while a new history is being counted', async () => {
    const log = { position: OLD, now: () => 0, follow: () => undefined };
    const counting = [Promise.withResolvers<Fold>(), Promise.withResolvers<Fold>()];
    let counts = 0;
    const baseline = { at: () => counting[counts++]!.promise };
    const live = new LiveStats(log as unknown as EventLog, baseline as unknown as Baseline, new Metrics());
    counting[0]!.resolve(foldOf(5));
    await live.onModuleInit();
    // As the log does: it stands at the new history's end before its followers do.
    log.position = NEW;
    const reset = live.onReset(NEW);
    expect(live.stats()).toMatchObject({ total_tickets: 5, as_of: OLD });
    expect(await live.reconcile()).toBeNull();
    expect(live.drifts).toBe(0);
    counting[1]!.resolve(foldOf(8));
    await reset;
    expect(live.stats()).toMatchObject({ total_tickets: 8, as_of: NEW });
    expect(counts).toBe(2);
  });
});
