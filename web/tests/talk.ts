import { effectScope, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, expect } from 'vitest';
import { useVoiceConversation, type VoiceConversation } from '../src/conversation/useVoiceConversation';
import { GuideServer } from './guideServer';
import { until } from './until';

/** A conversation with a real server in this process, for each test anew. */
export class Talk {
  server!: GuideServer;
  conversation!: VoiceConversation;
  /** How often the pass was dropped. */
  forgotten = 0;
  readonly aloud = ref(true);
  readonly voice = ref<string | null>(null);
  readonly language = ref('en');
  private scope: EffectScope = effectScope();

  async begin(): Promise<void> {
    this.server = await GuideServer.start();
    this.scope = effectScope();
    this.forgotten = 0;
    this.aloud.value = true;
    this.voice.value = null;
    this.language.value = 'en';
    const made = this.scope.run(() => useVoiceConversation({
      wsUrl: this.server.origin, language: () => this.language.value, aloud: this.aloud, voice: this.voice, backoff: { baseMs: 10, maxMs: 40 },
      pass: { token: () => Promise.resolve('a-token'), renew: () => Promise.resolve(), verify: () => Promise.resolve(), forget: () => { this.forgotten += 1; } },
    }));
    if (!made) throw new Error('The scope has ended');
    this.conversation = made;
    await made.startConversation();
  }

  async end(): Promise<void> {
    this.scope.stop();
    await this.server.stop();
  }

  exchange = () => this.conversation.exchanges.value.at(-1);
  requestId = (index = -1) => String(this.server.of('REQUEST').at(index)?.payload['request_id']);
  answer = (payload: object) => { this.server.say('RESPONSE', { request_id: this.requestId(), turn_id: 1, content: {}, ...payload }); };
  /** Waits until so many questions have come. */
  asked = (count: number) => until(() => { expect(this.server.of('REQUEST')).toHaveLength(count); });
}

export function aTalk(): Talk {
  const talk = new Talk();
  beforeEach(() => talk.begin());
  afterEach(() => talk.end());
  return talk;
}
