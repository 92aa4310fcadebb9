import { error } from '@sveltejs/kit';
import { dev } from '$app/env';

/** For those who build the desk: where it runs, there is no such page. */
export function load(): void {
  if (!dev) error(404);
}
