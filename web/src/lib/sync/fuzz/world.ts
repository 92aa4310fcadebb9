import type { Category, Priority, Status } from '#contract/ticket';

import type { TicketField } from '../pending-changes.js';
import { FakeClock, settled } from '../testing/fake-clock.js';
import { FuzzClient } from './fuzz-client.js';
import { ModelProcess } from './model-process.js';
import { ModelServer, personOf, type Fields } from './model-server.js';
import { Oracle } from './oracle.js';
import { Random } from './random.js';
import { count, type Tally } from './tally.js';

const CLIENTS = 3;
/** Of the clocks of clients, by turns. */
const CLOCKS_OFF_MS = [0, 3_600_000, -3_600_000];
const REST_ROUNDS = 400;

/** How often what happens, in relation to each other. */
const WEIGHTS = {
  commit: 16,
  change: 6,
  'change many': 4,
  read: 10,
  deliver: 30,
  call: 18,
  connect: 10,
  disturb: 3,
  look: 3,
  beat: 4,
  pass: 3,
  history: 0.25,
  comment: 3,
  decide: 4,
  reload: 0.35,
  outage: 0.35,
} as const;

/** A server of two processes and three clients; every step is drawn from the seed. */
export class World {
  readonly #random: Random;
  readonly #tally: Tally;
  readonly #clock: FakeClock;
  readonly #server: ModelServer;
  readonly #processes: readonly ModelProcess[];
  readonly #clients: readonly FuzzClient[];
  #oracles: readonly Oracle[];

  /** @param tally where it is counted what happened */
  constructor(seed: number, tally: Tally = new Map()) {
    this.#tally = tally;
    const random = new Random(seed);
    this.#random = random;
    this.#clock = new FakeClock(random.next);
    this.#server = new ModelServer(random);
    for (let count = random.below(12); count > 0; count -= 1) this.#server.create({});
    this.#processes = [
      new ModelProcess(this.#server, random, tally),
      new ModelProcess(this.#server, random, tally),
    ];
    this.#clients = Array.from({ length: CLIENTS }, (_, index) => {
      const off = CLOCKS_OFF_MS[index % CLOCKS_OFF_MS.length]!;
      return new FuzzClient(`c${index}`, this.#server, this.#processes, random, this.#clock, tally, off);
    });
    this.#oracles = this.#clients.map((client) => new Oracle(this.#server, client, tally));
  }

  /** Runs `steps` disturbed steps, then lets everything come to rest. Throws at the first lie. */
  async run(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      await this.#step();
      for (const oracle of this.#oracles) oracle.check();
    }
    await this.#rest();
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const client = random.pick(this.#clients);
    switch (random.weighted(WEIGHTS)) {
      case 'commit':
        this.#commit();
        break;
      case 'change':
        this.#change(client);
        break;
      case 'change many':
        client.changeMany();
        break;
      case 'read':
        random.pick(this.#processes).read(1 + random.below(5));
        break;
      case 'deliver':
        this.#deliver(client);
        break;
      case 'call':
        this.#call(client);
        break;
      case 'disturb':
        this.#disturb(client);
        break;
      case 'comment':
        this.#comment(client);
        break;
      case 'decide':
        client.decide(random.chance(0.5));
        break;
      case 'reload':
        this.#reload(client);
        break;
      case 'outage':
        this.#outage(client);
        break;
      case 'connect':
        if (client.http.isDown) client.http.isDown = random.chance(0.9);
        else if (client.transport.isWanted && !client.transport.isConnected) {
          client.transport.attach(random.pick(this.#processes));
        }
        break;
      case 'look':
        this.#look(client);
        break;
      case 'beat':
        random.pick(this.#processes).beat();
        break;
      case 'pass':
        await this.#clock.pass(random.below(4_000));
        break;
      case 'history':
        this.#history();
    }
    await settled();
  }

  /** Somebody else's write, past the API. */
  #commit(): void {
    const random = this.#random;
    for (let rows = random.chance(0.1) ? random.below(8) : 1; rows > 0; rows -= 1) {
      const { tickets } = this.#server;
      const chance = random.next();
      if (tickets.length === 0 || chance < 0.25) this.#server.create(this.#fields());
      else if (chance < 0.35) this.#server.delete(random.pick(tickets).id);
      else if (chance < 0.4) this.#server.hidden();
      else this.#server.update(random.pick(tickets).id, this.#fields());
    }
  }

  #change(client: FuzzClient): void {
    const ids = [...client.sync.ids()].filter((id) => client.sync.view(id));
    if (ids.length === 0) return;
    const id = this.#random.pick(ids);
    if (this.#random.chance(0.1)) return client.change((sync) => sync.delete(id));
    const { title, ...fields } = this.#fields();
    if (title !== undefined || this.#random.chance(0.5)) client.entitle(id, fields);
    else client.change((sync) => sync.patch(id, fields));
  }

  #comment(client: FuzzClient): void {
    const ids = [...client.sync.ids()];
    if (ids.length === 0) return;
    // Best where somebody follows it.
    const followed = this.#random.pick(this.#clients).conversation?.ticketId;
    const id = followed !== undefined && ids.includes(followed) ? followed : this.#random.pick(ids);
    const body = client.text();
    client.change((sync) => sync.comment(id, { body, internal: this.#random.chance(0.5) }), body);
  }

  #reload(client: FuzzClient): void {
    client.reload();
    const index = this.#clients.indexOf(client);
    this.#oracles = this.#oracles.with(index, new Oracle(this.#server, client, this.#tally));
  }

  /** No network at all, until it connects again. */
  #outage({ transport, http }: FuzzClient): void {
    count(this.#tally, 'outage');
    transport.detach();
    for (const call of http.calls) http.lose(call);
    http.isDown = true;
  }

  #fields(): Fields {
    const random = this.#random;
    const values: Record<TicketField, () => Fields> = {
      title: () => ({ title: `Title ${random.below(5)}` }),
      description: () => ({ description: `Description ${random.below(5)}` }),
      category: () => ({ category: random.pick<Category>(['billing', 'technical', 'account', 'general']) }),
      priority: () => ({ priority: random.pick<Priority>(['low', 'medium', 'high', 'critical']) }),
      status: () => ({ status: random.pick<Status>(['open', 'in_progress', 'resolved', 'closed']) }),
      assignee: () => ({ assignee: random.chance(0.5) ? null : personOf(`p${random.below(3)}`) }),
    };
    const fields = Object.keys(values) as TicketField[];
    return Object.assign({}, ...[1, 2].map(() => values[random.pick(fields)]()).slice(random.below(2)));
  }

  /** Mostly in order; now and then a later one first, one twice, or one never. */
  #deliver({ transport }: FuzzClient): void {
    const random = this.#random;
    for (let left = 1 + random.below(4); left > 0; left -= 1) {
      const queue = transport.up.length > 0 && random.chance(0.5) ? transport.up : transport.down;
      if (queue.length === 0) return;
      const at = random.chance(0.15) ? random.below(queue.length) : 0;
      const fate = random.weighted({ delivered: 92, 'delivered twice': 5, lost: 3 });
      const message = queue[at];
      if (fate !== 'delivered twice') queue.splice(at, 1);
      if (fate !== 'lost') message?.();
      count(this.#tally, `message ${fate}`);
      if (at > 0) count(this.#tally, 'message out of order');
    }
  }

  #call({ http }: FuzzClient): void {
    const random = this.#random;
    for (let left = 1 + random.below(3); left > 0; left -= 1) {
      if (http.calls.length === 0) return;
      const call = random.pick(http.calls);
      if (random.chance(0.95)) {
        http.turn(call);
        continue;
      }
      count(this.#tally, call.started ? 'answer lost' : 'call lost');
      http.lose(call);
    }
  }

  #disturb(client: FuzzClient): void {
    const random = this.#random;
    switch (random.weighted({ drop: 3, expire: 1, lose: 3, detach: 5 })) {
      case 'drop':
        client.transport.drop();
        break;
      case 'expire':
        this.#server.expire();
        break;
      case 'lose':
        client.transport.down.splice(0, random.below(4));
        break;
      case 'detach':
        client.transport.detach();
    }
  }

  /** The person looks at something else. */
  #look(client: FuzzClient): void {
    const random = this.#random;
    const ids = [...client.sync.ids()];
    const lists = client.lists ?? client.look();
    switch (random.weighted({ ticket: 3, conversation: 2, refresh: 2, more: 2, adopt: 1 })) {
      case 'ticket':
        client.ticket?.close();
        client.ticket = ids.length > 0 ? client.sync.ticket(random.pick(ids)) : undefined;
        break;
      case 'conversation':
        client.conversation?.close();
        client.conversation = ids.length > 0 ? client.sync.conversation(random.pick(ids)) : undefined;
        break;
      case 'refresh':
        void random.pick([lists.all, lists.urgent, lists.recent]).refresh();
        break;
      case 'more':
        void lists.recent.more();
        break;
      case 'adopt':
        lists.all.adopt();
    }
  }

  #history(): void {
    count(this.#tally, 'history replaced');
    this.#server.restore();
    for (const { http } of this.#clients) http.restart();
  }

  /** A perfect network from here on: within some minutes everybody must show the truth, and go on doing so. */
  async #rest(): Promise<void> {
    for (const client of this.#clients) {
      client.http.isDown = false;
      if (!client.lists) client.look();
    }
    let failure: unknown;
    for (let round = 0, calm = 0; round < REST_ROUNDS; round += 1) {
      await this.#calmSecond(round);
      try {
        for (const oracle of this.#oracles) oracle.atRest();
        if (++calm === 3) return;
      } catch (lie) {
        failure = lie;
        calm = 0;
      }
    }
    throw failure;
  }

  async #calmSecond(round: number): Promise<void> {
    for (const process of this.#processes) process.read();
    if (round % 5 === 0) for (const process of this.#processes) process.beat();
    for (const { transport, http } of this.#clients) {
      if (transport.isWanted && !transport.isConnected) transport.attach(this.#processes[0]!);
      for (let busy = true; busy;) {
        busy = transport.up.length + transport.down.length + http.calls.length > 0;
        for (const message of [...transport.up.splice(0), ...transport.down.splice(0)]) message();
        for (const call of http.calls) http.turn(call);
        await settled();
      }
    }
    await this.#clock.pass(1_000);
  }
}
