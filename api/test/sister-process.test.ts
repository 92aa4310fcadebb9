import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { EventPage } from '../src/contract/queries.js';
import { createTestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { RestClient } from './support/rest-client.js';

describe('a position that another process gave', () => {
  let desks: Desk[];
  const fixtures = new AsyncDisposableStack();

  beforeAll(async () => {
    const { connection } = fixtures.use(await createTestDatabase());
    const start = async (idlePollMs: number) =>
      fixtures.adopt(await startDesk(connection, {}, { idlePollMs }), (desk) => desk.stop());
    // The second one looks at the log by itself only once a minute.
    desks = [await start(20), await start(60_000)];
  });
  afterAll(() => fixtures.disposeAsync());

  it('is read on to rather than refused, also by scripts', async () => {
    const [near, far] = desks.map(({ url }) => new RestClient(url)) as [RestClient, RestClient];
    const { body: start } = await near.get<EventPage>('/api/events');
    const { id } = await near.create();
    const read = await near.get<EventPage>(`/api/events?after=${start.next}&wait=5`);
    const { status, body } = await far.get<EventPage>(`/api/events?after=${read.body.next}`);
    expect([status, body]).toEqual([200, { events: [], next: read.body.next }]);
    const again = await far.get<EventPage>(`/api/events?after=${start.next}`);
    expect(again.body.events.map(({ ticket_id }) => ticket_id)).toEqual([id]);
  });
});
