/** Far enough from each other in both themes, in the order in which they are given away; no signal colour. */
const PALETTE = [
  'light-dark(oklch(0.49 0.19 277), oklch(0.745 0.125 280))',
  'light-dark(oklch(0.58 0.11 195), oklch(0.8 0.1 195))',
  'light-dark(oklch(0.6 0.14 60), oklch(0.82 0.13 75))',
  'light-dark(oklch(0.55 0.19 340), oklch(0.76 0.14 345))',
  'light-dark(oklch(0.5 0.12 152), oklch(0.775 0.135 155))',
  'light-dark(oklch(0.5 0.13 240), oklch(0.74 0.12 240))',
  'light-dark(oklch(0.5 0.09 30), oklch(0.74 0.08 35))',
] as const;

/** Of the curve at a place of the chart; the eighth begins anew. */
export const colorAt = (place: number): string => PALETTE[place % PALETTE.length]!;

export const ACCENT = 'var(--accent)';
export const DONE = 'var(--done)';
export const FAINT = 'var(--ink-faint)';
