import { isOpen, turnOf, type Transcript } from './transcript';

/** One thing said, by the visitor or by the guide. */
export interface VoiceMessage {
  id: string;
  role: 'visitor' | 'guide';
  text: string;
  /** More is coming. */
  growing: boolean;
}

export function messagesOf(transcript: Transcript): VoiceMessage[] {
  return transcript.exchanges.flatMap((exchange) => {
    const asked: VoiceMessage = { id: exchange.id, role: 'visitor', text: exchange.question, growing: false };
    const text = turnOf(transcript, exchange)?.sentences.map((s) => s.text).join('') ?? '';
    return text === '' ? [asked] : [asked, { id: `${exchange.id}/answer`, role: 'guide', text, growing: isOpen(exchange) }];
  });
}
