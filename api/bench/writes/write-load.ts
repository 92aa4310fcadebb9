import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { Random } from '../../test/support/random.js';
import { TicketMaker } from '../data/ticket-maker.js';
import { serve } from '../worker/serve.js';

export interface WriteJob {
  readonly connection: DatabaseConnection;
  readonly kind: 'update' | 'insert';
  readonly writers: number;
  /** Tickets 1 to `size` are there. */
  readonly size: number;
  readonly seconds: number;
}

type Statement = (random: Random) => { name: string; text: string; values: unknown[] };

function statements(size: number): Record<WriteJob['kind'], Statement> {
  const maker = new TicketMaker(size);
  return {
    update: (random) => ({
      name: 'update',
      text: `update ticket set status = case status when 'open' then 'resolved' else 'open' end where id = $1`,
      values: [random.int(1, size)],
    }),
    insert: (random) => {
      const { title, description, category, priority } = maker.ticket(random.int(1, size));
      return {
        name: 'insert',
        text: 'insert into ticket (title, description, category, priority) values ($1, $2, $3, $4)',
        values: [title, description, category, priority],
      };
    },
  };
}

/** Plain SQL, each statement a transaction, from several connections at once. @returns commits a second */
async function run({ connection, kind, writers, size, seconds }: WriteJob): Promise<number> {
  const clients = Array.from({ length: writers }, () => new pg.Client(connection));
  await Promise.all(clients.map((client) => client.connect()));
  const statement = statements(size)[kind];
  let commits = 0;
  const begun = performance.now();
  const deadline = begun + seconds * 1_000;
  await Promise.all(
    clients.map(async (client, index) => {
      const random = new Random(index + begun);
      while (performance.now() < deadline) {
        await client.query(statement(random));
        commits += 1;
      }
    }),
  );
  const took = (performance.now() - begun) / 1_000;
  await Promise.all(clients.map((client) => client.end()));
  return commits / took;
}

const served = { run };
export type WriteLoad = typeof served;
serve(served);
