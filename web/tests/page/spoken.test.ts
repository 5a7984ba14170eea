import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { counters, nothing } from './counters';
import { Theatre } from './page';

// Run in the page, as text, or the test runner would rewrite the import. `open` makes a conversation in a scope of its own.
const layers = `(async () => {
  const { useVoiceConversation, createVisitorPass, effectScope, ref, watch } = await import('/conversation.js');
  globalThis.watch = watch;
  globalThis.open = () => {
    const scope = effectScope();
    const conversation = scope.run(() => useVoiceConversation({
      wsUrl: location.origin.replace('http', 'ws'), pass: createVisitorPass(() => 'en', sessionStorage), language: () => 'en', aloud: ref(true),
    }));
    return { scope, conversation };
  };
})()`;

// A microphone into which the test speaks: a real track, of a sound that is made here.
const mouth = `(() => {
  const context = new AudioContext(), room = context.createMediaStreamDestination();
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(room.stream.clone());
  globalThis.speak = () => {
    const voice = new OscillatorNode(context, { frequency: 220 });
    voice.connect(room);
    voice.start();
    voice.stop(context.currentTime + 1.5);
  };
})()`;

describe('A spoken conversation, in a browser', () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open(); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  /** A page without a view, whose scripts are run in their order. */
  async function blank(...scripts: string[]): Promise<Page> {
    const { page } = await theatre.stage('en-GB', undefined, '/favicon.svg');
    await page.waitForFunction('true'); // What the driver itself listens to is not counted.
    for (const script of scripts) await page.evaluate(script);
    return page;
  }

  test('is heard word by word, answered aloud, and broken off by speaking', async () => {
    const page = await blank(mouth, layers);
    await page.evaluate(`(async () => {
      const { conversation } = open();
      Object.assign(globalThis, { conversation, states: [], words: [] });
      watch(conversation.conversationState, (state) => states.push(state), { flush: 'sync' });
      watch(conversation.hearing, (text) => words.push(text), { flush: 'sync' });
      await conversation.startConversation({ microphone: true });
      speak();
    })()`);
    const speaking = (exchanges: number) =>
      page.waitForFunction(`conversation.exchanges.value.length === ${exchanges} && conversation.conversationState.value === 'speaking'`);
    await speaking(1);
    await page.evaluate('speak()');
    await speaking(2);

    expect(await page.evaluate('conversation.exchanges.value')).toMatchObject([
      { question: 'Did he really see the morning star?', spoken: true, phase: 'stopped' },
      { question: 'Did he really see the morning star?', spoken: true, phase: 'answering' },
    ]);
    expect(await page.evaluate('states')).toEqual(expect.arrayContaining(['listening', 'thinking', 'writing', 'speaking', 'interrupted']));
    expect(await page.evaluate('words')).toEqual(expect.arrayContaining(['', 'Did', 'Did he really see the morning star?', null]));
  });

  test('gives back every socket, track, context, timer and listener, a hundred times', { timeout: 180_000 }, async () => {
    const page = await blank(counters, layers);
    await page.evaluate(`(async () => {
      const once = async (finished) => {
        const { scope, conversation } = open();
        const starting = conversation.startConversation({ microphone: true }).catch(() => { /* It was stopped as it began. */ });
        if (finished) await starting;
        conversation.ask('Did he see it?');
        scope.stop();
        await starting;
      };
      // A tenth of them end while everything is still being opened.
      for (let round = 0; round < 20; round++) await Promise.all([0, 1, 2, 3, 4].map((i) => once(round % 2 === 0 || i > 0)));
    })()`);
    const opened = await page.evaluate<Record<string, number>>('opened()');
    expect(opened['sockets']).toBeGreaterThanOrEqual(90);
    expect(opened['tracks']).toBeGreaterThanOrEqual(90);
    expect(opened['contexts']).toBeGreaterThanOrEqual(180);
    await page.waitForFunction(`JSON.stringify(held()) === '${JSON.stringify(nothing)}'`).catch(() => undefined);
    expect(await page.evaluate('held()')).toEqual(nothing);
  });
});
