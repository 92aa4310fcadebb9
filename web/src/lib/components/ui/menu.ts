/** One look for every menu. */
export const menuPanel =
  'z-50 min-w-40 rounded-lg border border-line bg-surface p-1 text-sm shadow-pop outline-none';
export const menuItem =
  'flex h-8 items-center gap-2 rounded-md px-2 outline-none select-none data-highlighted:bg-sunken';

/** Where a menu opens, and what it says once it has closed. */
export interface MenuPlace {
  /** The focus goes back there. */
  readonly anchor: HTMLElement;
  /** It was opened by a key. */
  readonly byKey?: boolean;
  readonly onclose: () => void;
}
