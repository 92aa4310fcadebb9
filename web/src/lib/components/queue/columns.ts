/** Where the cells of the list stand: in one line on a wide screen, in two on a narrow one. */
export const columns = {
  row: [
    'grid items-center gap-x-2 px-3 sm:px-5',
    'h-16 grid-cols-[1.75rem_auto_auto_minmax(0,1fr)_auto] grid-rows-[1.75rem_1.75rem] content-center',
    'lg:h-10 lg:grid-cols-[1.75rem_3.75rem_minmax(0,1fr)_7.5rem_8.5rem_4.5rem_9rem_2.75rem] lg:grid-rows-1',
  ],
  priority: 'max-lg:row-start-1',
  id: 'max-lg:col-start-2 max-lg:row-start-2',
  title: 'max-lg:col-span-3 max-lg:col-start-2 max-lg:row-start-1',
  category: 'max-lg:col-start-4 max-lg:row-start-2',
  status: 'max-lg:col-start-3 max-lg:row-start-2',
  /** Who else is there: a place of its own, so that nothing moves when somebody comes. */
  presence: 'max-lg:col-start-4 max-lg:row-start-2 max-lg:justify-self-end',
  assignee: 'max-lg:justify-self-end max-lg:col-start-5 max-lg:row-start-2',
  age: 'text-right max-lg:col-start-5 max-lg:row-start-1',
};
