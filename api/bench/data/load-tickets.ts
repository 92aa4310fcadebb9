import pg from 'pg';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { copyRows } from './copy-rows.js';
import { PEOPLE, TicketMaker, type MadeTicket } from './ticket-maker.js';

/** Tickets in one transaction: a commit writes the events of all its rows. */
const CHUNK = 5_000;
const TELL_EVERY = 20 * CHUNK;

const COLUMNS =
  'id, title, description, category, priority, status, assignee_id, requester_name, requester_email, created_at, updated_at';

/** Connections that load at the same time, each transaction a chunk. */
const LOADERS = 2;

/**
 * Fills a migrated, empty database with tickets 1 to `size` by COPY, through all triggers: the log and the
 * searchable text come about as they do in production, only the text's index, which is dear to keep up row by row,
 * is built at the end. Afterwards the statistics are fresh.
 * @param tell hears how far it is
 * @returns how long it took, in seconds
 */
export async function loadTickets(
  connection: DatabaseConnection,
  size: number,
  tell: (progress: string) => void = () => undefined,
): Promise<number> {
  const begun = performance.now();
  await using open = new AsyncDisposableStack();
  const clients = Array.from({ length: LOADERS }, () => new pg.Client(connection));
  for (const client of clients) {
    await client.connect();
    open.defer(() => client.end());
  }
  const [client] = clients as [pg.Client];
  await client.query(
    `insert into person (id, name) select 'agent-' || n, 'Agent ' || n from generate_series(1, $1::int) n`,
    [PEOPLE],
  );
  const rebuildTextIndexes = await dropTextIndexes(client);
  const maker = new TicketMaker(size);
  let next = 1;
  await Promise.all(
    clients.map(async (loader) => {
      for (let first = next; first <= size; first = next) {
        next += CHUNK;
        if (first % TELL_EVERY === 1) tell(`${first - 1} of ${size}`);
        const count = Math.min(CHUNK, size - first + 1);
        const rows = Array.from({ length: count }, (_, index) => fields(maker.ticket(first + index)));
        await copyRows(loader, `copy ticket (${COLUMNS}) from stdin`, rows);
      }
    }),
  );
  await client.query(`select setval(pg_get_serial_sequence('ticket', 'id'), $1)`, [size]);
  tell('building the text indexes');
  await client.query(rebuildTextIndexes);
  tell('gathering statistics');
  await client.query('vacuum analyze');
  return (performance.now() - begun) / 1_000;
}

/** @returns the statements that make them again */
async function dropTextIndexes(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = 'public' and indexdef like '% USING gin %'`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return ["set maintenance_work_mem = '512MB'", ...rows.map(({ definition }) => definition)].join('; ');
}

function fields(ticket: MadeTicket): (string | null)[] {
  const createdAt = new Date(ticket.createdAt).toISOString();
  return [
    String(ticket.id),
    ticket.title,
    ticket.description,
    ticket.category,
    ticket.priority,
    ticket.status,
    ticket.assigneeId,
    ticket.requester?.name ?? null,
    ticket.requester?.email ?? null,
    createdAt,
    createdAt,
  ];
}
