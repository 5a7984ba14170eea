/** A browser's storage for as long as a test. */
export function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => { kept.set(key, value); },
    removeItem: (key) => { kept.delete(key); },
    clear: () => { kept.clear(); },
    key: (index) => [...kept.keys()][index] ?? null,
    get length() { return kept.size; },
  };
}
