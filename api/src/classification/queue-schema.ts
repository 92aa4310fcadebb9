import type { PgBoss } from 'pg-boss';

import type { BackgroundDatabase } from './background-database.js';
import type { QueuePace } from './queue-pace.js';

export const SCHEMA = 'pgboss';
export const QUEUE = 'classification';

/** Arbitrary, but the same in every process: those that start at once must not make the same thing together. */
const LOCK = 7_746_825_317;

/** Beyond the attempts that are about the model, only faults of our own are retried: for about three hours. */
const RETRY_LIMIT = 100;
/** A desk that was switched off for months still has its tickets to classify. */
const WAIT_SECONDS = 10 * 365 * 24 * 60 * 60;
/** Finished jobs are of no use to anybody, and the supervisor's counts read them all. */
const KEEP_SECONDS = 600;

/**
 * Makes the schema unless it is there. pg-boss itself would need the right to create schemas even where somebody
 * has made this one for it.
 */
export async function makeSchema(database: BackgroundDatabase): Promise<void> {
  await database.executeSql(`
    select pg_advisory_xact_lock(${LOCK});
    do $$ begin
      if to_regnamespace('${SCHEMA}') is null then create schema ${SCHEMA}; end if;
    end $$;
  `);
}

/** Brings the queue and the function that fills it up to date. Any number of processes may do so at once. */
export async function prepareQueue(
  boss: PgBoss,
  database: BackgroundDatabase,
  pace: QueuePace,
): Promise<void> {
  const options = {
    retryLimit: RETRY_LIMIT,
    retryDelay: pace.retrySeconds,
    retryBackoff: true,
    retryDelayMax: pace.retryMaxSeconds,
    expireInSeconds: pace.expireSeconds,
    retentionSeconds: WAIT_SECONDS,
    deleteAfterSeconds: KEEP_SECONDS,
  };
  await boss.createQueue(QUEUE, options);
  await boss.updateQueue(QUEUE, options);
  await database.executeSql(`
    select pg_advisory_xact_lock(${LOCK});
    create or replace function ${SCHEMA}.enqueue_classification(text) returns void language plpgsql as $enqueue$
    begin
      ${await insertStatement(boss)};
    end
    $enqueue$;
  `);
}

/**
 * Puts a job into the queue. pg-boss's own insert touches eleven indexes and is planned anew each time, which
 * costs 1.4 ms of CPU; inside a function its plan is kept with the connection, and it costs 0.3 ms.
 */
export const ENQUEUE = `select ${SCHEMA}.enqueue_classification($1)`;

/**
 * Takes the fields `$2` out of the job of the ticket `$1`, if any are left then, and gives those left. Jobs of a ticket
 * are found by reading all that wait: it is asked only about a ticket that waits itself.
 */
export const LEAVE_OUT = `
  with waiting as (
    select id, (data -> 'fields') - $2::text[] as fields from ${SCHEMA}.job
    where name = '${QUEUE}' and state < 'completed' and data -> 'ticketId' = to_jsonb($1::bigint) for update
  ), kept as (
    update ${SCHEMA}.job set data = data || jsonb_build_object('fields', waiting.fields) from waiting
    where job.name = '${QUEUE}' and job.id = waiting.id and waiting.fields <> '[]'
  )
  select fields from waiting`;

/** The fields that the job of the ticket `?` is about by now. */
export const FIELDS = `
  select data -> 'fields' as fields from ${SCHEMA}.job
  where name = '${QUEUE}' and state < 'completed' and data -> 'ticketId' = to_jsonb(?::bigint)`;

/** What `insert` of this version of pg-boss would run: one statement that takes a JSON array of jobs as `$1`. */
async function insertStatement(boss: PgBoss): Promise<string> {
  let statement = '';
  await boss.insert(QUEUE, [{}], {
    db: {
      executeSql: (text) => {
        statement = text;
        return Promise.resolve({ rows: [] });
      },
    },
  });
  return statement;
}
