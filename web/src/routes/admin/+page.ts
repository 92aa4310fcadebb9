import { redirect } from '@sveltejs/kit';

/** The first of the screens. */
export function load(): never {
  redirect(307, '/admin/tickets');
}
