import { describe, expect, it, jest } from '@jest/globals';

import { removeInBatches } from './remove-in-batches.js';

/** Removes from so many rows, and says of each batch how many it found. */
const removingFrom = (rows: number) =>
  jest.fn(async (limit: number) => {
    const removed = Math.min(limit, rows);
    rows -= removed;
    return removed;
  });

describe('removeInBatches', () => {
  it.each([
    [0, 1],
    [999, 1],
    [1_000, 2],
    [2_500, 3],
  ])('removes %i rows in %i batches', async (rows, batches) => {
    const removeBatch = removingFrom(rows);
    expect(await removeInBatches(removeBatch, { isStopped: false })).toBe(rows);
    expect(removeBatch).toHaveBeenCalledTimes(batches);
  });

  it('leaves the rest when its task is stopped', async () => {
    const task = { isStopped: false };
    const removeBatch = removingFrom(5_000);
    const removing = removeInBatches(removeBatch, task);
    task.isStopped = true;
    expect(await removing).toBe(1_000);
    expect(await removeInBatches(removeBatch, task)).toBe(0);
    expect(removeBatch).toHaveBeenCalledTimes(1);
  });
});
