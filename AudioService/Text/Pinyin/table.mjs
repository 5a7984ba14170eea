// Prints pinyin-pro's readings (MIT) as the table that PinyinTable.cs reads: "syllable<tab>its characters", then "word<tab>syllables".
// Run by the build, so that no Node is needed where the museum runs.
import characters from './node_modules/pinyin-pro/dist/esm/data/dict1.mjs'
import words2 from './node_modules/pinyin-pro/dist/esm/data/dict2.mjs'
import words3 from './node_modules/pinyin-pro/dist/esm/data/dict3.mjs'
import words4 from './node_modules/pinyin-pro/dist/esm/data/dict4.mjs'
import words5 from './node_modules/pinyin-pro/dist/esm/data/dict5.mjs'
import surnames from './node_modules/pinyin-pro/dist/esm/data/surname.mjs'

const TONES = ['\u0304', '\u0301', '\u030c', '\u0300']

// yuè → yue4, lǜ → lv4, de → de5; null for what is no syllable (ḿ, ê̄)
function numbered(syllable) {
  const parts = [...syllable.normalize('NFD')]
  const tone = parts.map((part) => TONES.indexOf(part) + 1).find((found) => found > 0) ?? 5
  const letters = parts.filter((part) => !TONES.includes(part)).join('').replaceAll('u\u0308', 'v')
  return /^[a-z]+$/.test(letters) ? letters + tone : null
}

const bySyllable = new Map()
for (let code = 0x3400; code <= 0x9fff; code++) {
  const character = String.fromCharCode(code)
  const reading = numbered((characters.get(character) ?? '').split(' ')[0])
  if (reading) {
    bySyllable.set(reading, (bySyllable.get(reading) ?? '') + character)
  }
}

for (const [syllable, its] of bySyllable) {
  console.log(`${syllable}\t${its}`)
}

// Surnames of one character are names only after nobody knows what: only those of two are certain.
const longSurnames = Object.fromEntries(Object.entries(surnames).filter(([name]) => name.length > 1))
for (const [word, reading] of Object.entries({ ...words5, ...words4, ...words3, ...words2, ...longSurnames })) {
  const syllables = reading.split(' ').map(numbered)
  if (syllables.length === word.length && !syllables.includes(null) && /^[\u3400-\u9fff]+$/.test(word)) {
    console.log(`${word}\t${syllables.join(' ')}`)
  }
}
