import { late } from '#lib/state/late.ts';

export const editParts = { personPicker: late(() => import('./person-picker.svelte')) };
