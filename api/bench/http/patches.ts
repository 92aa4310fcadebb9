import type { DatabaseConnection } from '../../src/database/connection.js';
import type { Random } from '../../test/support/random.js';
import { query } from '../server/bench-server.js';
import type { BenchRequest } from './request.js';

const STATUSES = ['open', 'in_progress', 'resolved', 'closed'];
/** A multiple of the connections, so that no two of them change the same ticket. */
const TICKETS = 960;

/**
 * Changes of status, each a real one: all chosen tickets go to their next status, then all to the one after it,
 * until they are back where they were.
 */
export async function patchRequests(
  connection: DatabaseConnection,
  size: number,
  random: Random,
): Promise<BenchRequest[]> {
  const wanted = new Set<number>();
  while (wanted.size < TICKETS) wanted.add(random.int(1, size));
  const rows = await query<{ id: string; status: string }>(
    connection,
    'select id, status from ticket where id = any ($1)',
    [[...wanted]],
  );
  return STATUSES.flatMap((_, pass) =>
    rows.map(({ id, status }): BenchRequest => {
      const next = STATUSES[(STATUSES.indexOf(status) + 1 + pass) % STATUSES.length];
      return { method: 'PATCH', path: `/api/tickets/${id}`, body: { status: next } };
    }),
  );
}
