import { CATEGORIES, type Classification, PRIORITIES, type Priority } from '../../contract/ticket.js';
import type { Draft } from '../content/writer.js';
import type { Random } from '../random.js';

/** Says openly that no model has been asked. */
const MODEL = 'demo-model';

/** What the classifier makes of a draft: mostly what it really is, now and then something near it. */
export function modelClassification(draft: Draft, random: Random): Classification {
  const errs = random.chance(0.13);
  const wrongCategory = errs && random.chance(0.5);
  return {
    source: 'model',
    model: MODEL,
    category: wrongCategory
      ? random.pick(CATEGORIES.filter((category) => category !== draft.category))
      : draft.category,
    priority: errs && !wrongCategory ? neighbour(draft.priority, random) : draft.priority,
    confidence: Math.round((errs ? random.between(0.38, 0.71) : random.between(0.74, 0.99)) * 100) / 100,
    reason: draft.reason,
    latency_ms: random.int(240, 1_450),
  };
}

/** The model was away: general and low, whatever the ticket is about. */
export function fallbackClassification(random: Random): Classification {
  const latency = random.chance(0.7) ? random.int(5_000, 5_040) : random.int(2, 9);
  return {
    source: 'fallback',
    model: null,
    category: 'general',
    priority: 'low',
    confidence: null,
    reason: null,
    latency_ms: latency,
  };
}

/** Somebody has chosen both. */
export function humanClassification({ category, priority }: Draft): Classification {
  return {
    source: 'human',
    model: null,
    category,
    priority,
    confidence: null,
    reason: null,
    latency_ms: null,
  };
}

/** Stored a moment ago, not classified yet. */
export const PENDING: Classification = {
  source: 'pending',
  model: null,
  category: 'general',
  priority: 'low',
  confidence: null,
  reason: null,
  latency_ms: null,
};

/** Models rather play things down than up. */
function neighbour(priority: Priority, random: Random): Priority {
  const rank = PRIORITIES.indexOf(priority);
  const down = rank > 0 && (rank === PRIORITIES.length - 1 || random.chance(0.75));
  return PRIORITIES[down ? rank - 1 : rank + 1]!;
}
