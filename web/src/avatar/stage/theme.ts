import { Color } from 'three';

/** What the stage takes from the page's tokens. */
export interface Theme {
  dark: boolean;
  thread: Color;
  /** Shaded, lit and dark side of the plinth. */
  plinth: readonly [Color, Color, Color];
  plinthTop: Color;
  cast: Color;
  castStrength: number;
}

export function readTheme(of: Element): Theme {
  const style = getComputedStyle(of);
  const colour = (name: string, otherwise: string) => {
    const value = style.getPropertyValue(name).trim();
    // A system colour (forced-colors) is no colour that WebGL knows.
    return new Color(/^#|^rgb/.test(value) ? value : otherwise);
  };
  const wall = colour('--wall', '#D6DCD2');
  return {
    dark: wall.getHSL({ h: 0, s: 0, l: 0 }).l < 0.4,
    thread: colour('--thread', '#9E2A1D'),
    plinth: [colour('--pl1', '#DCE0D7'), colour('--pl0', '#F6F7F2'), colour('--pl2', '#BCC4B9')],
    plinthTop: colour('--pl-top', '#FBFBF8'),
    cast: colour('--cast', '#4E5D54'),
    castStrength: Number(style.getPropertyValue('--cast-o')) || 0.3,
  };
}

/** Calls back whenever the page's colours may have changed; returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', changed);
  const attributes = new MutationObserver(changed);
  attributes.observe(document.documentElement, { attributeFilter: ['class', 'data-theme', 'style'] });
  return () => {
    for (const query of queries) query.removeEventListener('change', changed);
    attributes.disconnect();
  };
}
