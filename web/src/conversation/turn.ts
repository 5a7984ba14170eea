import type { AudioMeta, ExhibitSource, NextStop, ResponsePayload, SpokenWord } from '../protocol/serverMessages';

/** What the server said in one turn, as a value. */
export interface Turn {
  id: number;
  sentences: readonly Sentence[];
  nextTextSeq: number;
  textEnded: boolean;
  voiceEnded: boolean;
  sources: readonly ExhibitSource[] | null;
  suggestions: readonly string[];
  /** Where the visit may go next. */
  nextStop: NextStop | null;
}

export interface Sentence {
  sequence: number;
  text: string;
  /** Nothing will be added: it can be shown without reflowing while one reads. */
  whole: boolean;
  words: readonly SpokenWord[];
  /** Length of the sound that has come so far; null without sound. */
  soundMs: number | null;
  soundWhole: boolean;
}

export function newTurn(id: number): Turn {
  return { id, sentences: [], nextTextSeq: 0, textEnded: false, voiceEnded: false, sources: null, suggestions: [], nextStop: null };
}

export function takeResponse(turn: Turn, response: ResponsePayload): Turn {
  const { content, sequence, text_stream_seq: seq } = response;
  const next = response.voice_stream_seq === -1 ? { ...turn, voiceEnded: true } : turn;
  if (seq === -1) return { ...next, textEnded: true, sentences: next.sentences.map((s) => ({ ...s, whole: true })) };
  // A server that resumed may repeat what we have.
  if (seq === undefined || seq < turn.nextTextSeq || !content.text) return next;
  const number = sequence ?? next.sentences.at(-1)?.sequence ?? 0;
  const text = content.text;
  return changeSentence({ ...next, nextTextSeq: seq + 1 }, number, (s) => ({ ...s, text: s.text + text, whole: endsSentence(s.text + text) }));
}

export function takeSound(turn: Turn, meta: AudioMeta): Turn {
  return changeSentence(turn, meta.sequence, (s) => ({
    ...s,
    text: s.text || meta.text,
    whole: true,
    words: meta.words && meta.words.length > 0 ? meta.words : s.words,
    soundMs: Math.max(s.soundMs ?? 0, meta.start_ms + meta.duration_ms),
    soundWhole: s.soundWhole || meta.last === true,
  }));
}

/** Of an exhibit's passages the page shows the best: the others, often most of an answer's memory, are not kept. */
export function takeSources(turn: Turn, exhibits: readonly ExhibitSource[]): Turn {
  return { ...turn, sources: exhibits.map(({ id, title, quote, score }) => ({ id, title, quote, score })) };
}

/** What the history shows of it: the times of its words are for a voice that speaks, and what may be asked next for who has just heard it. */
export function forHistory(turn: Turn): Turn {
  return { ...turn, sentences: turn.sentences.map((s) => ({ ...s, words: [] })), suggestions: [], nextStop: null };
}

/** Takes away what the voice had not said. */
export function cut(turn: Turn, heard: { sequence: number; characters: number }): Turn {
  const sentences = turn.sentences
    .filter((s) => s.sequence <= heard.sequence)
    .map((s) => (s.sequence === heard.sequence ? { ...s, text: s.text.slice(0, heard.characters).trimEnd(), whole: true } : s))
    .filter((s) => s.text !== '');
  return { ...turn, sentences };
}

// "e.g." ends like a sentence as well; then the rest of it comes a moment later, which does no harm.
const endsSentence = (text: string): boolean => /[.!?。！？…][”’"'」』）)\]]*\s*$/u.test(text);

function changeSentence(turn: Turn, sequence: number, change: (sentence: Sentence) => Sentence): Turn {
  const fresh: Sentence = { sequence, text: '', whole: false, words: [], soundMs: null, soundWhole: false };
  const others = turn.sentences
    .filter((s) => s.sequence !== sequence)
    .map((s) => (s.sequence < sequence && !s.whole ? { ...s, whole: true } : s));
  const changed = change(turn.sentences.find((s) => s.sequence === sequence) ?? fresh);
  return { ...turn, sentences: [...others, changed].sort((a, b) => a.sequence - b.sequence) };
}

/** The answer as one text: sentences are joined by a space, Chinese ones by nothing. */
export function textOf(turn: Turn | undefined): string {
  return (turn?.sentences ?? []).map((s) => s.text.trim())
    .reduce((text, next) => (text === '' || /[。！？…」』”]$/u.test(text) ? text + next : `${text} ${next}`), '');
}
