export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

const KEY = 'theme';

/** The reader's choice, and what it comes to. `static/theme.js` does the same before the first paint. */
class Theme {
  readonly #system = matchMedia('(prefers-color-scheme: dark)');
  #choice = $state<ThemeChoice>(stored());
  #systemDark = $state(this.#system.matches);

  constructor() {
    this.#system.addEventListener('change', ({ matches }) => {
      this.#systemDark = matches;
      this.#apply();
    });
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  set choice(choice: ThemeChoice) {
    this.#choice = choice;
    try {
      if (choice === 'system') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
    } catch {
      // Storage is forbidden: the choice holds until the page is left.
    }
    this.#apply();
  }

  get resolved(): 'light' | 'dark' {
    if (this.#choice === 'system') return this.#systemDark ? 'dark' : 'light';
    return this.#choice;
  }

  #apply(): void {
    document.documentElement.dataset.theme = this.resolved;
  }
}

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

export const theme = new Theme();
