import { commandOf, type KeyCommand } from '#lib/state/keys.ts';

const WRITING = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';
/** They have keys of their own, until they are closing: the next key is meant for what is below. */
const OVERLAY =
  ':is([role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]):not([data-state="closed"])';

/** Whether somebody is writing there, or it is in a menu or dialog. */
export const isAtWork = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(`${WRITING}, ${OVERLAY}`) !== null;

/**
 * What a key press asks of a list.
 *
 * @param list the element that has the focus for it; undefined: there is no list
 * @returns undefined: nothing, or somebody is writing, or is in a menu or dialog
 */
export function commandPressed(event: KeyboardEvent, list: HTMLElement | undefined): KeyCommand | undefined {
  if (event.defaultPrevented || event.isComposing || !(event.target instanceof Element)) return undefined;
  const { target } = event;
  const isNowhere = target === document.body || target.id === 'content';
  const isInList = list !== undefined && (target === list || isNowhere);
  const command = commandOf(event, isInList ? 'list' : 'elsewhere');
  if (command === 'palette') return target.closest(OVERLAY) ? undefined : command;
  return isAtWork(target) ? undefined : command;
}
