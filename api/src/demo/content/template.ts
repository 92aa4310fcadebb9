import type { Random } from '../random.js';
import type { Slots } from './slots.js';

const CHOICE = /\[([^[\]]*\|[^[\]]*)\]/g;
const SLOT = /\{([a-z]+\d?)\}/g;

/**
 * Makes a text of a template: of `[this|that]` one part is taken, then `{slot}` is filled.
 * @throws Error when it names a slot that there is not
 */
export function fill(template: string, slots: Pick<Slots, 'value'>, random: Random): string {
  return template
    .replace(CHOICE, (_, parts: string) => random.pick(parts.split('|')))
    .replace(SLOT, (_, name: string) => slots.value(name));
}
