import { greatWave } from './greatWave';
import { mountains } from './mountains';
import { nightSky } from './nightSky';
import { wheels } from './wheels';

/** The museum's works that the ball can draw, by the id of the exhibit. */
const works: Readonly<Record<string, () => string>> = {
  'starry-night': nightSky,
  'great-wave': greatWave,
  'antikythera-mechanism': wheels,
  'thousand-li-of-rivers-and-mountains': mountains,
};

/** What is drawn at an exhibit: itself; where it has no drawing of its own, all of them in turn. Paths on 1080 × 1920. */
export function drawingsFor(exhibit: string | undefined): readonly string[] {
  const own = exhibit === undefined ? undefined : works[exhibit];
  return (own ? [own] : Object.values(works)).map((draw) => draw());
}
