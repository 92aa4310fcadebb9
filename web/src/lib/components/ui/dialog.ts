/** One look for every dialog. */
export const dialogOverlay = 'fixed inset-0 z-40 bg-black/45';
export const dialogPanel =
  'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 ' +
  '-translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-surface p-5 shadow-pop outline-none sm:p-6';
