import { Injectable } from '@nestjs/common';

import { Metrics } from '../metrics/metrics.js';
import { BackgroundDatabase } from './background-database.js';
import { QUEUE, SCHEMA } from './queue-schema.js';

/** Beyond, how many there are makes no difference to anybody, and counting them would. */
const COUNTED_MAX = 100_000;

const DEPTH = `
  select count(*) filter (where state = 'active')::int as active,
         count(*) filter (where state <> 'active')::int as waiting
  from (select state from ${SCHEMA}.job where name = '${QUEUE}' and state < 'completed' limit ${COUNTED_MAX}) jobs`;

/** How much the queue has to do, in all processes together. */
@Injectable()
export class ClassificationMetrics {
  constructor(database: BackgroundDatabase, metrics: Metrics) {
    metrics.gauge(
      'signalbox_classification_jobs',
      'Tickets to be classified in the background, by state; of all processes',
      async () => {
        const { rows } = await database.executeSql(DEPTH);
        return rows[0] as Record<'active' | 'waiting', number>;
      },
      'state',
    );
  }
}
