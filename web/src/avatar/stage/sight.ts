/** Calls back with the size of an element in CSS pixels, now and whenever it changes; returns how to stop. */
export function watchSize(element: Element, changed: (size: { width: number; height: number }) => void): () => void {
  const sized = new ResizeObserver(([entry]) => {
    if (entry) changed({ width: entry.contentRect.width, height: entry.contentRect.height });
  });
  sized.observe(element);
  return () => { sized.disconnect(); };
}

/** Calls back when an element comes into sight or leaves it; returns how to stop. */
export function watchSight(element: Element, changed: (seen: boolean) => void): () => void {
  const sight = new IntersectionObserver(([entry]) => { changed(entry?.isIntersecting ?? true); });
  sight.observe(element);
  return () => { sight.disconnect(); };
}
