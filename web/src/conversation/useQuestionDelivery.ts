import { watch, type Ref, type ShallowRef } from 'vue';
import { useResourceManager } from '../resources/useResourceManager';
import type { GuideLink } from './guideLink';
import { isOpen, mayComeBack, newRequestId, type Exchange } from './exchange';
import { ask, fail, retry, type Transcript } from './transcript';

export interface QuestionDelivery {
  deliver(question: string, aloud: boolean): void;
  /** The failed question once more. */
  again(): void;
}

const patience = 3;
const defaultWaitMs = 2000;

/**
 * Brings the newest question to the server, through whatever happens to the connection: it is sent when the server is
 * there, again (under the same number, which the server knows) when it returns without an answer, and once more after
 * a while when the server was busy. A question that nothing comes back for, or that breaks the connection each time,
 * fails in the end.
 */
export function useQuestionDelivery(transcript: ShallowRef<Transcript>, link: GuideLink, registered: Readonly<Ref<boolean>>, deadlineMs = 30_000): QuestionDelivery {
  const resources = useResourceManager();
  let waits = 0;
  let sends = 0;
  let release = () => { /* nothing is timed yet */ };

  const newest = (): Exchange | undefined => transcript.value.exchanges.at(-1);

  function deliver(question: string, aloud: boolean): void {
    waits = sends = 0;
    transcript.value = ask(transcript.value, newRequestId(), question, aloud);
    send();
  }

  function again(): void {
    const failed = newest();
    if (failed?.phase !== 'failed' || failed.question === '') return;
    sends = 0;
    transcript.value = retry(transcript.value, failed.requestId, newRequestId());
    send();
  }

  function send(): void {
    const exchange = newest();
    if (exchange?.phase !== 'waiting' || !registered.value) return;
    if (sends >= patience) return giveUp(exchange);
    sends += 1;
    link.send('REQUEST', {
      request_id: exchange.requestId, data_type: 'TEXT', stream_flag: false, stream_seq: 0,
      require_tts: exchange.aloud, content: { text: exchange.question },
    });
  }

  function giveUp({ requestId }: Exchange): void {
    transcript.value = fail(transcript.value, requestId, { error_code: 'REQUEST_TIMEOUT', error_msg: '', retryable: true });
  }

  // Every sign of life of the answer sets the clock back; while the connection is away it does not run.
  function watchOver(): void {
    release();
    const exchange = newest();
    if (!exchange) return;
    if (mayComeBack(exchange.failure)) {
      if (waits >= patience) return giveUp(exchange);
      waits += 1;
      after(exchange.failure?.retry_after_ms ?? defaultWaitMs * waits, again);
    } else if (isOpen(exchange) && registered.value) after(deadlineMs, () => giveUp(exchange));
  }

  function after(ms: number, act: () => void): void {
    const timer = setTimeout(act, ms);
    release = resources.registerResource(() => clearTimeout(timer));
  }

  watch([transcript, registered], watchOver, { flush: 'sync' });
  watch(registered, (present) => {
    if (!present) return;
    const exchange = newest();
    // Half an answer that nobody will continue: better said now than after the deadline.
    if (exchange?.phase === 'answering' && !link.resumed()) giveUp(exchange);
    send();
  }, { flush: 'sync' });
  return { deliver, again };
}
