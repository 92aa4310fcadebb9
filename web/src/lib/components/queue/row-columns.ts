/** Where the cells of a row stand, by the room that the list has: two lines, one short line, one full line. */
export const rowColumns = {
  row: [
    'grid items-center gap-x-2 px-3 @lg:pr-4',
    'grid-cols-[1.25rem_1.75rem_minmax(0,1fr)_1.75rem_2.5rem] grid-rows-[1.5rem_1.5rem] content-center',
    '@lg:grid-cols-[1.25rem_1.75rem_4rem_minmax(0,1fr)_auto_1.75rem_1.75rem_2.5rem] @lg:grid-rows-1',
    '@4xl:grid-cols-[1.25rem_1.75rem_4.25rem_minmax(0,1fr)_auto_7rem_8rem_9rem_2.5rem]',
  ],
  mark: '@max-lg:col-start-1 @max-lg:row-start-1 @max-lg:row-span-2',
  priority: '@max-lg:col-start-2 @max-lg:row-start-1 -ml-1.5',
  id: '@max-lg:row-start-2 @max-lg:col-start-3 tabular-nums text-ink-faint',
  title: '@max-lg:row-start-1 @max-lg:col-span-2 @max-lg:col-start-3 flex min-w-0 items-center gap-2',
  // Room for three, so that nothing moves when somebody comes.
  faces: '@max-lg:row-start-2 @max-lg:col-start-3 @max-lg:justify-self-end flex h-5 w-12 justify-end',
  category: '@max-4xl:hidden -ml-1.5 flex min-w-0',
  status: '@max-lg:row-start-2 @max-lg:col-start-4 -ml-1.5 flex min-w-0 @max-4xl:[&_.truncate]:sr-only',
  assignee:
    '@max-lg:row-start-2 @max-lg:col-start-5 -ml-1.5 flex min-w-0 @max-4xl:[&_.truncate]:sr-only @max-lg:justify-self-end',
  age: '@max-lg:row-start-1 @max-lg:col-start-5 text-right text-ink-soft',
};

/** How high a row is, in pixels, in a list of a width: two lines where there is no room for one. */
export const rowHeight = (width: number): number => (width < 512 ? 56 : 40);
