import { isOpen, turnOf, type Transcript } from './transcript';
import { textOf } from './turn';

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
    const text = textOf(turnOf(transcript, exchange));
    return text === '' ? [asked] : [asked, { id: `${exchange.id}/answer`, role: 'guide', text, growing: isOpen(exchange) }];
  });
}
