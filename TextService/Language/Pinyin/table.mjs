// Prints the sounds of hanzi, without their tones, from pinyin-pro (MIT), as HanziSounds.cs reads them: "syllable<tab>its characters".
// A character that can be read in several ways stands with each. Run by the build, so that no Node is needed where the museum runs.
import characters from './node_modules/pinyin-pro/dist/esm/data/dict1.mjs'

const bySyllable = new Map()
for (let code = 0x3400; code <= 0x9fff; code++) {
  const character = String.fromCharCode(code)
  for (const reading of (characters.get(character) ?? '').split(' ')) {
    const syllable = reading.normalize('NFD').replaceAll('u\u0308', 'v').replaceAll(/\p{M}/gu, '')
    if (/^[a-z]+$/.test(syllable)) {
      bySyllable.set(syllable, (bySyllable.get(syllable) ?? new Set()).add(character))
    }
  }
}

for (const [syllable, its] of bySyllable) {
  console.log(`${syllable}\t${[...its].join('')}`)
}
