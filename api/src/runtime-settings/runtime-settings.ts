import { Injectable } from '@nestjs/common';

import { Audit } from '../audit/audit.js';
import type { Identity } from '../auth/identity.js';
import { type PatchSettings, type Settings, settings as settingsSchema } from '../contract/administration.js';
import { Database, type Session } from '../database/database.js';
import { withTimeout } from '../lifecycle/with-timeout.js';

type SettingName = keyof Settings;

/** What holds until somebody sets it. */
const DEFAULTS: Settings = { classification_enabled: true };
/** How long another process's change may go unseen. */
const FRESH_MS = 3_000;
/** The longest that a caller of `current` waits for the database. */
const PATIENCE_MS = 250;

/** What administrators change while the desk runs; in the database, so that all processes go by it. */
@Injectable()
export class RuntimeSettings {
  #known: Settings = DEFAULTS;
  /**
   * By `performance.now()`: up to when it holds every change. Also set by a failure, so that a database that is
   * away is not asked by each call.
   */
  #readAt = -Infinity;
  #reading: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /**
   * As they were at most 3 s ago. Never throws and hardly waits: while the database is away, what was known
   * last still holds.
   */
  async current(): Promise<Settings> {
    if (performance.now() - this.#readAt < FRESH_MS) return this.#known;
    this.#reading ??= this.#refresh();
    await withTimeout(this.#reading, PATIENCE_MS, undefined);
    return this.#known;
  }

  /** As they are. @throws pg's DatabaseError, or a connection error */
  read(): Promise<Settings> {
    return readSettings(this.database);
  }

  /**
   * Sets those that are given. What changes is recorded with its values before and after.
   * @returns all of them
   * @throws pg's DatabaseError, or a connection error
   */
  async change(wanted: PatchSettings, caller: Identity, address: string | null): Promise<Settings> {
    const after = await this.database.transaction(async (session) => {
      // One change after another, so that each record says what it really changed.
      await session.execute('lock table setting in share row exclusive mode');
      const before = await readSettings(session);
      const changed = (Object.keys(wanted) as SettingName[]).filter(
        (name) => wanted[name] !== undefined && wanted[name] !== before[name],
      );
      if (changed.length === 0) return before;
      for (const name of changed) await store(name, wanted[name], session);
      const details = Object.fromEntries(changed.map((name) => [name, [before[name], wanted[name]]]));
      await this.audit.record({ actor: caller.actor, action: 'settings_changed', details, address }, session);
      return readSettings(session);
    });
    this.#learn(after, performance.now());
    return after;
  }

  async #refresh(): Promise<void> {
    const asked = performance.now();
    try {
      const found = await this.read();
      // Unless a change of this process's own was made meanwhile.
      if (this.#readAt < asked) this.#learn(found, asked);
    } catch {
      this.#readAt = performance.now();
    } finally {
      this.#reading = null;
    }
  }

  #learn(settings: Settings, asOf: number): void {
    this.#known = settings;
    this.#readAt = asOf;
  }
}

/** With a value that is not one of the contract's (somebody wrote it by hand), the defaults hold. */
async function readSettings(session: Pick<Session, 'query'>): Promise<Settings> {
  const rows = await session.query<{ name: string; value: unknown }>({
    name: 'settings',
    text: 'select name, value from setting',
  });
  const stored = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  return settingsSchema.safeParse({ ...DEFAULTS, ...stored }).data ?? DEFAULTS;
}

async function store(name: SettingName, value: unknown, session: Pick<Session, 'query'>): Promise<void> {
  await session.query({
    name: 'setting-store',
    text: `insert into setting (name, value) values ($1, $2)
           on conflict (name) do update set value = excluded.value`,
    values: [name, JSON.stringify(value)],
  });
}
