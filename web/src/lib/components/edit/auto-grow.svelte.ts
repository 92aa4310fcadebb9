import type { Attachment } from 'svelte/attachments';

/** As high as its text, within its `min-height` and `max-height`. */
export function autoGrow(read: () => string): Attachment<HTMLTextAreaElement> {
  return (element) => {
    $effect(() => {
      read();
      fit(element);
    });
    let width = 0;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      fit(element);
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}

function fit(element: HTMLTextAreaElement): void {
  // Measured without a moment in which the page is shorter, and would scroll.
  const { style } = element;
  const before = style.height;
  style.height = '0';
  const borders = element.offsetHeight - element.clientHeight;
  const after = `${element.scrollHeight + borders}px`;
  style.height = after === before ? before : after;
}
