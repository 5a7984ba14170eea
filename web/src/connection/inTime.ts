/** The answer, if it comes within `ms`; what is asked goes on afterwards, for whoever asks again. `release` ends the waiting's clock. */
export function inTime<T>(asked: Promise<T> | undefined, ms: number, otherwise: string): { answer: Promise<T | undefined>; release: () => void } {
  let release = () => { /* nothing is timed */ };
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => { reject(new Error(otherwise)); }, ms);
    release = () => { clearTimeout(timer); };
  });
  return { answer: Promise.race([asked, late]).finally(release), release };
}
