// espeak-ng's voice for the demo guide, with rough times of words and mouth shapes.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const mouths = { a: 'aa', e: 'E', i: 'ih', o: 'oh', u: 'ou', m: 'PP', b: 'PP', p: 'PP', f: 'FF', v: 'FF', w: 'ou', s: 'SS', z: 'SS', t: 'DD', d: 'DD', n: 'nn', l: 'nn', k: 'kk', g: 'kk', c: 'kk', r: 'RR', h: 'E', y: 'ih', j: 'CH', x: 'SS' };

/** PCM16 mono 16 kHz of a sentence. */
export async function speak(text, language) {
  const voice = language === 'zh' ? 'cmn-latn-pinyin' : 'en';
  const { stdout: wave } = await run('espeak-ng', ['-v', voice, '-s', '150', '--stdout', text], { encoding: 'buffer', maxBuffer: 1 << 24 });
  const rate = wave.readUInt32LE(24);
  const source = new Int16Array(wave.buffer, wave.byteOffset + 44, (wave.length - 44) >> 1);
  const samples = new Int16Array(Math.floor((source.length * 16_000) / rate));
  for (let i = 0; i < samples.length; i++) samples[i] = source[Math.floor((i * rate) / 16_000)];
  return Buffer.from(samples.buffer);
}

export function wordTimes(text, durationMs) {
  const words = [...text.matchAll(/\p{Script=Han}|[\p{L}\p{N}’-]+/gu)];
  const letters = words.reduce((sum, [word]) => sum + word.length, 0);
  let at = 0;
  return words.map(([word]) => {
    const start = at;
    at += (word.length / letters) * durationMs;
    return { text: word, start_ms: Math.round(start), end_ms: Math.round(at) };
  });
}

export function visemesOf(words, durationMs) {
  const track = words.flatMap(({ text, start_ms: start, end_ms: end }) => {
    const ids = /\p{Script=Han}/u.test(text) ? ['nn', 'aa', 'ih'] : [...text.toLowerCase()].map((letter) => mouths[letter]).filter(Boolean);
    return ids.map((id, i) => ({ t_ms: Math.round(start + ((end - start) * i) / ids.length), id, weight: 1 }));
  });
  return [...track, { t_ms: Math.round(durationMs), id: 'sil', weight: 1 }];
}
