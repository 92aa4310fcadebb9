import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';

import { readEnvironment } from '../config/environment.js';
import { Database } from '../database/database.js';
import { Metrics } from '../metrics/metrics.js';
import { AuditRetention } from './audit-retention.js';

const MINUTE = 60_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it.each([
  ['soon after a start, and each hour then', '90', 2],
  ['never without the setting', '', 0],
])('removes records %s', async (_, AUDIT_RETENTION_DAYS, runs) => {
  const database = Object.create(Database.prototype) as Database;
  const transaction = jest.spyOn(database, 'transaction').mockResolvedValue([]);
  const retention = new AuditRetention(readEnvironment({ AUDIT_RETENTION_DAYS }), database, new Metrics());
  retention.onApplicationBootstrap();
  await jest.advanceTimersByTimeAsync(2 * MINUTE);
  expect(transaction).toHaveBeenCalledTimes(Math.min(1, runs));
  await jest.advanceTimersByTimeAsync(60 * MINUTE);
  expect(transaction).toHaveBeenCalledTimes(runs);
  await retention.onModuleDestroy();
});
