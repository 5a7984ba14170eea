/** What a visitor chose, kept in this browser; one that keeps nothing is no reason to fail. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`museum.${name}`, value);
  } catch {
    // Private windows may refuse to store: then the choice lasts as long as the page.
  }
}

export function recall<T extends string>(name: string, valid: (value: string) => value is T): T | null {
  try {
    const value = localStorage.getItem(`museum.${name}`);
    return value !== null && valid(value) ? value : null;
  } catch {
    return null;
  }
}
