import type { Attachment } from 'svelte/attachments';

import type { Whereabouts } from '#lib/state/whereabouts.svelte.ts';

/** While the focus is in the element, its person is said to be in this field of the open ticket. */
export function editing(whereabouts: Whereabouts, field: string): Attachment<HTMLElement> {
  return (element) => {
    let leave: (() => void) | undefined;
    const enter = () => (leave ??= whereabouts.enter(field));
    const left = () => {
      leave?.();
      leave = undefined;
    };
    if (element.contains(document.activeElement)) enter();
    element.addEventListener('focusin', enter);
    element.addEventListener('focusout', left);
    return () => {
      element.removeEventListener('focusin', enter);
      element.removeEventListener('focusout', left);
      left();
    };
  };
}
