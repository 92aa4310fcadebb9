export const WALL_LAYOUTS = ['overview', 'figures', 'lists'] as const;
export type WallLayout = (typeof WALL_LAYOUTS)[number];

const ROTATE_LEAST_S = 5;
const ROTATE_MOST_S = 3_600;

/** How a board is shown, by its address: `?layout=figures,lists&rotate=20&theme=light`. */
export interface WallParams {
  /** At least one; they take turns when `rotateMs` says so. */
  readonly layouts: readonly [WallLayout, ...WallLayout[]];
  readonly rotateMs: number | undefined;
  readonly theme: 'light' | 'dark' | undefined;
}

/** What it does not know it leaves out: nobody stands before the screen to read a complaint. */
export function readWallParams(query: Pick<URLSearchParams, 'get'>): WallParams {
  const asked = new Set(query.get('layout')?.split(',') ?? []);
  const chosen = WALL_LAYOUTS.filter((layout) => asked.has(layout));
  const seconds = Number(query.get('rotate') ?? Number.NaN);
  const isRotating = Number.isFinite(seconds) && seconds > 0;
  const [first, ...others] = chosen;
  const layouts: WallParams['layouts'] =
    first !== undefined && (others.length > 0 || !isRotating)
      ? [first, ...others]
      : isRotating
        ? startingWith(first ?? 'overview')
        : ['overview'];
  const theme = query.get('theme');
  return {
    layouts,
    rotateMs: isRotating ? Math.min(ROTATE_MOST_S, Math.max(ROTATE_LEAST_S, seconds)) * 1_000 : undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
  };
}

/** All of them. */
function startingWith(first: WallLayout): WallParams['layouts'] {
  return [first, ...WALL_LAYOUTS.filter((layout) => layout !== first)];
}
