/** Rows that one statement removes, so that no lock is held for long. */
const BATCH = 1_000;

/**
 * Removes rows a batch at a time, until one is not full.
 * @param removeBatch removes at most `limit` rows, and says how many
 * @param task whose stop ends it after the batch under way
 * @returns how many were removed in all
 * @throws what `removeBatch` throws
 */
export async function removeInBatches(
  removeBatch: (limit: number) => Promise<number>,
  task: { readonly isStopped: boolean },
): Promise<number> {
  let total = 0;
  for (let removed = BATCH; removed === BATCH && !task.isStopped; total += removed) {
    removed = await removeBatch(BATCH);
  }
  return total;
}
