/** What is kept for this tab; a browser that keeps nothing (all site data blocked) is no reason to fail: then it lasts as long as the page. */
export function tabStorage(): Storage {
  try {
    sessionStorage.getItem('museum'); // Some throw here, some already at the name.
    return sessionStorage;
  } catch {
    return pageStorage();
  }
}

/** A storage in memory: as long as the page, or a test. */
export function pageStorage(): Storage {
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
