import { toast } from 'svelte-sonner';

type ToastOptions = NonNullable<Parameters<typeof toast>[1]>;
type Show = (title: string, options?: ToastOptions) => string | number;

/** The toasts that are about a field of a ticket. */
const said = new Map<string, string | number>();
const keyOf = (id: number, field: string): string => `${id} ${field}`;

/** Says something about a field of a ticket; it takes the place of what was said before. */
export function sayOfField(
  { id, field }: { readonly id: number; readonly field: string },
  show: Show,
  title: string,
  options: ToastOptions = {},
): void {
  hushFields(id, [field]);
  said.set(keyOf(id, field), show(title, options));
}

/** What was said about these fields of a ticket no longer holds. */
export function hushFields(id: number, fields: readonly string[]): void {
  for (const field of fields) {
    const shown = said.get(keyOf(id, field));
    if (shown !== undefined) toast.dismiss(shown);
    said.delete(keyOf(id, field));
  }
}
