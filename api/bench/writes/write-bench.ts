import type { DatabaseConnection } from '../../src/database/connection.js';
import { median } from '../metering/median.js';
import { Worker } from '../worker/worker.js';
import type { WriteJob, WriteLoad } from './write-load.js';

const WRITERS = 16;
const WARM_UP_SECONDS = 0.5;

/** The same database three times: without the feed's trigger, with it, and with it and an api that reads. */
export type Variant = 'without' | 'trigger' | 'feed';

export interface WritePlan {
  readonly databases: Readonly<Record<Variant, DatabaseConnection>>;
  readonly size: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly tell: (progress: string) => void;
}

/** Commits a second by variant, medians, and the ratio to `without` as the median of each round's own. */
export interface WriteFigures {
  readonly kind: WriteJob['kind'];
  readonly perSecond: Readonly<Record<Variant, number>>;
  readonly ratio: Readonly<Record<Variant, number>>;
}

const VARIANTS: readonly Variant[] = ['without', 'trigger', 'feed'];
const KINDS: readonly WriteJob['kind'][] = ['update', 'insert'];

/** Write throughput of 16 writers by plain SQL, round after round on all three. */
export async function measureWrites(plan: WritePlan): Promise<WriteFigures[]> {
  const load = Worker.start<WriteLoad>(new URL('./write-load.js', import.meta.url));
  const rounds: Record<WriteJob['kind'], Record<Variant, number>[]> = { update: [], insert: [] };
  try {
    for (let round = 0; round <= plan.rounds; round += 1) {
      plan.tell(round === 0 ? 'warming up' : `round ${round} of ${plan.rounds}`);
      for (const kind of KINDS) {
        const perSecond: Record<Variant, number> = { without: 0, trigger: 0, feed: 0 };
        for (const variant of round % 2 === 0 ? VARIANTS : VARIANTS.toReversed()) {
          perSecond[variant] = await load.call('run', {
            connection: plan.databases[variant],
            kind,
            writers: WRITERS,
            size: plan.size,
            seconds: round === 0 ? WARM_UP_SECONDS : plan.seconds,
          });
        }
        if (round > 0) rounds[kind].push(perSecond);
      }
    }
  } finally {
    await load.stop();
  }
  return KINDS.map((kind) => ({
    kind,
    perSecond: byVariant((variant) => median(rounds[kind].map((round) => round[variant]))),
    ratio: byVariant((variant) => median(rounds[kind].map((round) => round[variant] / round.without))),
  }));
}

function byVariant(figure: (variant: Variant) => number): Record<Variant, number> {
  return { without: figure('without'), trigger: figure('trigger'), feed: figure('feed') };
}
