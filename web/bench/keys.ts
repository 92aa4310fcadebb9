import type { Page } from '@playwright/test';

/** Two keys of a round are at least so far apart, like those of a quick hand. */
const PAUSE_MS = 90;

/** A round through all keys, which ends where it began; `measured` is what a key is called in the figures. */
const ROUND: readonly (readonly [key: string, measured?: string])[] = [
  ['j', 'j'],
  ['j', 'j'],
  ['k', 'k'],
  ['Enter', 'Enter'],
  ['Escape', 'Esc'],
  ['/', '/'],
  ['Escape'],
  ['x', 'x'],
  ['x'],
  ['c', 'c'],
  ['z', 'z'],
  ['s', 's'],
  ['Escape'],
  ['p', 'p'],
  ['Escape'],
  ['g', 'g'],
  ['Escape'],
  ['a', 'a'],
  ['Escape'],
  ['n', 'n'],
  ['Escape'],
  ['Escape'],
  ['Control+k', 'Ctrl+K'],
  ['Escape'],
  ['?', '?'],
  ['Escape'],
];

/**
 * Presses every key once or twice.
 * @returns what was pressed, a name for each `keydown`; undefined: one that is not measured
 */
export async function pressAll(page: Page): Promise<(string | undefined)[]> {
  const pressed: (string | undefined)[] = [];
  for (const [key, measured] of ROUND) {
    await page.keyboard.press(key);
    // A modifier goes down by itself.
    if (key.startsWith('Control+')) pressed.push(undefined);
    pressed.push(measured);
    await page.waitForTimeout(PAUSE_MS);
  }
  return pressed;
}

export const KEYS = [...new Set(ROUND.flatMap(([, measured]) => measured ?? []))];
