/** What the keyboard can do in the queue. */
export type KeyCommand =
  | 'down'
  | 'up'
  | 'pageDown'
  | 'pageUp'
  | 'first'
  | 'last'
  | 'open'
  | 'close'
  | 'search'
  | 'claim'
  | 'status'
  | 'priority'
  | 'category'
  | 'assignee'
  | 'note'
  | 'mark'
  | 'markAll'
  | 'undo'
  | 'fresh'
  | 'palette'
  | 'help';

/** What every page of the desk has, whatever else its keys do. */
export type DeskCommand = 'palette' | 'help' | 'undo';

export const isDeskCommand = (command: KeyCommand): command is DeskCommand =>
  command === 'palette' || command === 'help' || command === 'undo';

/** What of a key press counts. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const LETTERS: Readonly<Record<string, KeyCommand>> = {
  j: 'down',
  k: 'up',
  c: 'claim',
  s: 'status',
  p: 'priority',
  g: 'category',
  a: 'assignee',
  n: 'note',
  x: 'mark',
  z: 'undo',
  r: 'fresh',
  '/': 'search',
  '?': 'help',
  Escape: 'close',
};

/** They have a meaning of their own elsewhere. */
const IN_LIST: Readonly<Record<string, KeyCommand>> = {
  ArrowDown: 'down',
  ArrowUp: 'up',
  PageDown: 'pageDown',
  PageUp: 'pageUp',
  Home: 'first',
  End: 'last',
  Enter: 'open',
  ' ': 'mark',
};

/**
 * The command of a key press; undefined: none of ours.
 *
 * @param where whether the focus is in the list (or nowhere), where keys like the arrows are the list's
 */
export function commandOf(press: Press, where: 'list' | 'elsewhere'): KeyCommand | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (altKey) return undefined;
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() === 'k') return 'palette';
    if (key.toLowerCase() === 'z' && !shiftKey) return 'undo';
    return key.toLowerCase() === 'a' && where === 'list' ? 'markAll' : undefined;
  }
  // Caps Lock is no Shift.
  const letter = LETTERS[key.length === 1 ? key.toLowerCase() : key];
  if (letter !== undefined && (!shiftKey || key === '?' || key === '/')) return letter;
  return where === 'list' && !shiftKey ? IN_LIST[key] : undefined;
}
