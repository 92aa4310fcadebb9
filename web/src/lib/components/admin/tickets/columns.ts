/** Where the cells of the tickets stand: in one line on a wide screen, in two on a narrow one. */
export const columns = {
  row: [
    'flex flex-wrap items-center gap-x-2 px-3 py-1.5 sm:px-5',
    'xl:grid xl:min-h-10 xl:py-0 xl:grid-cols-[1.5rem_3.75rem_minmax(0,1fr)_6.5rem_6.5rem_8rem_9.5rem_2.5rem_2rem]',
  ],
  select: 'flex items-center max-xl:order-1 max-xl:w-5',
  id: 'text-ink-faint max-xl:order-4',
  title: 'min-w-0 max-xl:order-2 max-xl:w-0 max-xl:grow',
  category: 'max-xl:order-7',
  priority: 'max-xl:order-5',
  status: 'max-xl:order-6',
  assignee: 'min-w-0 max-xl:order-8',
  age: 'text-right text-ink-soft max-xl:order-9 max-xl:ml-auto',
  remove: 'flex justify-end max-xl:order-3',
  /** Ends the first of the two lines. */
  turn: 'order-3 h-0 basis-full xl:hidden',
};
