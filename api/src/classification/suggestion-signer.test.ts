import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { SqlExecutor } from '../database/database.js';
import { SharedSecret } from '../database/shared-secret.js';
import { type Suggestion, SuggestionSigner } from './suggestion-signer.js';

const HOUR = 60 * 60 * 1_000;
const MADE: Suggestion = {
  category: 'billing',
  priority: 'high',
  confidence: 0.93,
  reason: 'Charged “twice”.',
  source: 'model',
  model: 'gpt-x',
  latency_ms: 412,
};

/** The table `secret`, as far as SharedSecret needs it. */
function secretTable(): SqlExecutor {
  const rows = new Map<string, Buffer>();
  return ((sql: string, [name, value]: [string, Buffer]) => {
    if (sql.startsWith('insert') && !rows.has(name)) rows.set(name, value);
    return Promise.resolve({ rows: [{ value: rows.get(name) }] });
  }) as SqlExecutor;
}

const signerOn = (table: SqlExecutor) => new SuggestionSigner(new SharedSecret(table, 'suggestion'));

describe('SuggestionSigner', () => {
  const signer = signerOn(secretTable());

  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('gives back what was suggested for the same text', async () => {
    const token = await signer.sign(MADE, 'I was charged twice');
    expect(await signer.verify(token, 'I was charged twice')).toEqual(MADE);
    expect(await signer.verify(token, 'I was charged twice')).toEqual(MADE);
  });

  it('is shared by all processes that share the table, and by no other', async () => {
    const table = secretTable();
    const token = await signerOn(table).sign(MADE, 'text');
    expect(await signerOn(table).verify(token, 'text')).toEqual(MADE);
    await expect(signerOn(secretTable()).verify(token, 'text')).rejects.toMatchObject({ fault: 'invalid' });
  });

  it('is worth nothing for another text', async () => {
    const token = await signer.sign(MADE, 'text');
    await expect(signer.verify(token, 'text ')).rejects.toMatchObject({ fault: 'other_description' });
  });

  it('lives for 24 hours', async () => {
    const token = await signer.sign(MADE, 'text');
    jest.setSystemTime(Date.now() + 24 * HOUR);
    expect(await signer.verify(token, 'text')).toEqual(MADE);
    jest.setSystemTime(Date.now() + 1);
    await expect(signer.verify(token, 'text')).rejects.toMatchObject({ fault: 'expired' });
  });

  it('refuses any change, and anything that it did not make', async () => {
    const token = await signer.sign(MADE, 'text');
    const [payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, priority: 'critical' })).toString('base64url');
    const changed = [...token].map((character, at) => {
      const other = character === 'A' ? 'B' : 'A';
      return token.slice(0, at) + other + token.slice(at + 1);
    });
    // The last character of 43 holds two bits that mean nothing.
    for (const bad of [
      ...changed.slice(0, -1),
      `${forged}.${signature}`,
      payload,
      `${token}.x`,
      '',
      '.',
      '..',
      'null.',
    ]) {
      await expect(signer.verify(bad, 'text')).rejects.toMatchObject({ fault: 'invalid' });
    }
  });

  it('stays below what the contract allows, for the longest suggestion', async () => {
    const longest = { ...MADE, reason: '\uffff'.repeat(200), model: 'm'.repeat(200) };
    expect((await signer.sign(longest, 'x'.repeat(20_000))).length).toBeLessThan(1_700);
  });
});

describe('SharedSecret', () => {
  it('tries again after the database was away', async () => {
    const table = secretTable();
    let away = true;
    const secret = new SharedSecret(
      ((sql: string, params: unknown[]) =>
        away ? Promise.reject(new Error('away')) : table(sql, params)) as SqlExecutor,
      'suggestion',
    );
    await expect(secret.key()).rejects.toThrow('away');
    away = false;
    expect(await secret.key()).toHaveLength(32);
  });
});
