/** So many are sent at a time. */
const SIDE_BY_SIDE = 4;

/** Acts on each item in turn, a few at a time. Rejects when an act does. */
export async function sideBySide<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}
