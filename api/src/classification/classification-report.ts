import { Inject, Injectable } from '@nestjs/common';

import type { ClassificationReport } from '../contract/administration.js';
import { CATEGORIES } from '../contract/values.js';
import { Database } from '../database/database.js';
import { RuntimeSettings } from '../runtime-settings/runtime-settings.js';
import { ClassificationService } from './classification.service.js';
import { MODEL_SETTINGS, type ModelSettings } from './model-settings.js';

const DAYS = 30;

type Outcome = ClassificationReport['outcomes'][number];

/**
 * By the index on `created_at`. The `offset` keeps apart what is read from what is grouped: PostgreSQL would sort
 * whole classifications on disk otherwise, at twice the cost.
 */
const OUTCOMES = `
  select category, count(*) filter (where kept)::int as accepted, count(*) filter (where not kept)::int as overridden
  from (
    select classification ->> 'category' as category,
      category = classification ->> 'category' and priority = classification ->> 'priority' as kept
    from ticket
    where created_at >= now() - $1 * interval '1 day' and classification ->> 'source' = 'model'
    offset 0
  ) as suggested
  group by category`;

/** The language model as administrators see it. */
@Injectable()
export class ClassificationReporter {
  constructor(
    private readonly database: Database,
    private readonly settings: RuntimeSettings,
    private readonly classification: ClassificationService,
    @Inject(MODEL_SETTINGS) private readonly model: ModelSettings | null,
  ) {}

  /** @throws pg's DatabaseError, or a connection error */
  async report(): Promise<ClassificationReport> {
    const [{ classification_enabled: enabled }, found] = await Promise.all([
      this.settings.read(),
      this.database.query<Outcome>({ name: 'classification-outcomes', text: OUTCOMES, values: [DAYS] }),
    ]);
    const none = { accepted: 0, overridden: 0 };
    return {
      enabled,
      provider: this.model?.provider ?? null,
      model: this.model?.model ?? null,
      state: this.classification.state,
      days: DAYS,
      outcomes: CATEGORIES.map(
        (category) => found.find((outcome) => outcome.category === category) ?? { category, ...none },
      ),
    };
  }
}
