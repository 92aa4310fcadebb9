const KEY = 'person';

/** Notes in this browser, for all its tabs, who is signed in. */
export function markPerson(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Storage is full or forbidden: the server alone says who is signed in.
  }
}

/** Whether, as far as this browser knows, a person is still who is signed in. */
export function isStill(id: string): boolean {
  try {
    return (localStorage.getItem(KEY) ?? id) === id;
  } catch {
    return true;
  }
}
