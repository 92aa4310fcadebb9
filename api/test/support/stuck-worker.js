import { PgBoss } from 'pg-boss';

/**
 * Takes one job of the queue and never finishes it: to be killed in the middle of its work.
 * `node stuck-worker.js <connection as JSON> <queue>` prints `taken` when it has one.
 */
const [, , connection, queue] = process.argv;
const boss = new PgBoss({ ...JSON.parse(connection), max: 1, supervise: false, schedule: false });
boss.on('error', (error) => console.error(error));
await boss.start();
await boss.work(queue, { pollingIntervalSeconds: 0.5 }, () => {
  console.log('taken');
  return new Promise(() => undefined);
});
