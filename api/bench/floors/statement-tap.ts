import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';
import { createRequire } from 'node:module';

import type pg from 'pg';

import type { TappedStatement } from './recorded.js';

/**
 * Loaded into the api before its own code: tells the parent each statement that a request sends.
 * The statements are the app's own, so the floor runs the same SQL without a second copy of it.
 */
const APPLICATION = 'signalbox';

type TappedQuery = Partial<TappedStatement> & Pick<TappedStatement, 'text'>;
type Query = (
  this: pg.Client & { connectionParameters: { application_name?: string } },
  ...args: unknown[]
) => unknown;

// The copy of pg that MikroORM has, which need not be the one of the workspace.
const require = createRequire(import.meta.resolve('@mikro-orm/postgresql'));
const { Client } = require('pg') as typeof pg;
const prototype = Client.prototype as unknown as { query: Query };
const original = prototype.query;

/** Set within a request: what the app does by itself meanwhile, on the same pool, is none of it. */
const asked = new AsyncLocalStorage<true>();
const { emit } = Server.prototype;
Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
  const pass = () => Reflect.apply(emit, this, [event, ...args]) as boolean;
  return event === 'request' ? asked.run(true, pass) : pass();
};

prototype.query = function tapped(...args) {
  if (this.connectionParameters.application_name === APPLICATION && asked.getStore()) tell(args);
  return original.apply(this, args);
};

function tell([query, values]: unknown[]): void {
  const { name, text, values: own } = typeof query === 'string' ? { text: query } : (query as TappedQuery);
  // Who calls is remembered for seconds: which request it is read for is chance.
  if (name?.startsWith('auth-')) return;
  const given = own ?? (Array.isArray(values) ? values : []);
  process.send?.({
    ...(name === undefined ? {} : { name }),
    text,
    values: given,
  } satisfies TappedStatement);
}
