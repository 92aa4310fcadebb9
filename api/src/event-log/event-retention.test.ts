import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';

import { readEnvironment } from '../config/environment.js';
import { Database } from '../database/database.js';
import { Metrics } from '../metrics/metrics.js';
import { EventLog } from './event-log.js';
import { EventRetention } from './event-retention.js';

const MINUTE = 60_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it.each([
  ['soon after a start, and every six hours then', '30', 2],
  ['never without the setting', '', 0],
])('removes events %s', async (_, EVENT_RETENTION_DAYS, runs) => {
  const database = Object.create(Database.prototype) as Database;
  const transaction = jest.spyOn(database, 'transaction');
  transaction.mockResolvedValue([{ last: null, looked: 0, removed: 0 }]);
  const log = Object.create(EventLog.prototype) as EventLog;
  const environment = readEnvironment({ EVENT_RETENTION_DAYS });
  const retention = new EventRetention(environment, log, database, new Metrics());
  retention.onApplicationBootstrap();
  await jest.advanceTimersByTimeAsync(2 * MINUTE);
  expect(transaction).toHaveBeenCalledTimes(Math.min(1, runs));
  await jest.advanceTimersByTimeAsync(360 * MINUTE);
  expect(transaction).toHaveBeenCalledTimes(runs);
  await retention.onModuleDestroy();
});
