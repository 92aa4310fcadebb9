/** One look for the rows of every admin table: a line on a wide screen, a few on a narrow one. */
export const tableRow =
  'relative flex flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line px-3 py-2.5 hover:bg-hover ' +
  'sm:px-5 lg:grid lg:min-h-11 lg:gap-x-4 lg:py-1';
/** Its first cell, which is what the row is about. */
export const firstCell = 'flex min-w-0 items-center gap-2 max-lg:basis-full max-lg:pr-10';
/** Its last cell, with what can be done. */
export const lastCell = 'flex justify-end max-lg:absolute max-lg:top-1.5 max-lg:right-2 sm:max-lg:right-4';
