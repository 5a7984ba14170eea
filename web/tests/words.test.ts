import { describe, expect, test } from 'vitest';
import { chinese } from '../src/i18n/chinese';
import { english } from '../src/i18n/english';
import { createWords, preferred, sayIn } from '../src/i18n/words';
import { deriveConversationState, type ConversationFacts } from '../src/conversation/state';
import { statusLine, type StatusFacts } from '../src/status/statusLine';
import { beadMode, type BeadFacts } from '../src/dock/beadMode';
import { microphoneHelp } from '../src/dock/microphoneHelp';
import type { ErrorCode } from '../src/protocol/generated';

const all = [...Object.values(english), ...Object.values(chinese)];

describe('The guide’s words', () => {
  test('are without exclamation marks and technology', () => {
    expect(all.filter((word) => /[!！]|server|websocket|token|服务器/i.test(word))).toEqual([]);
  });

  test('call the visitor 你', () => {
    expect(Object.values(chinese).filter((word) => word.includes('您'))).toEqual([]);
  });

  test('come in the first of the browser’s languages that the guide speaks', () => {
    expect(preferred(['fr-FR', 'zh-TW', 'en'])).toBe('zh');
    expect(preferred(['en-GB', 'zh'])).toBe('en');
    expect(preferred(['fr'])).toBe('en');
  });

  test('are all read as messages, with their blanks filled in', () => {
    for (const language of ['en', 'zh'] as const) {
      const { t } = createWords(language).global;
      for (const word of Object.keys(english)) expect(t(word, { number: 1, title: 'x', hall: 2, name: 'y', hall_name: 'z' }, 2)).not.toMatch(/[{}|@]/);
    }
  });
});

describe('The conversation’s state', () => {
  const facts: ConversationFacts = { connection: 'connected', attempts: 0, registered: true, replaced: false, refused: false, online: true, recording: 'inactive', playback: 'idle', exchange: undefined, hearing: false, busy: false, hasText: false };
  const state = (more: Partial<ConversationFacts>) => deriveConversationState({ ...facts, ...more });
  const failed = (error_code: ErrorCode) => ({ phase: 'failed' as const, failure: { error_code, error_msg: '', retryable: true } });

  test.each([
    ['closed', { connection: 'disconnected' }],
    ['connecting', { connection: 'connecting', registered: false }],
    ['connecting', { registered: false }],
    ['reconnecting', { connection: 'error', registered: false }],
    ['reconnecting', { connection: 'connecting', attempts: 2, registered: false }],
    ['offline', { connection: 'error', registered: false, online: false }],
    ['replaced', { connection: 'error', registered: false, replaced: true }],
    ['ready', {}],
    ['listening', { recording: 'recording' }],
    ['thinking', { exchange: { phase: 'waiting', failure: null } }],
    ['thinking', { exchange: { phase: 'answering', failure: null } }],
    ['writing', { exchange: { phase: 'answering', failure: null }, hasText: true }],
    ['speaking', { playback: 'playing', exchange: { phase: 'answering', failure: null }, hasText: true }],
    ['speaking', { playback: 'playing', connection: 'error', registered: false }],
    ['speaking', { playback: 'waiting', exchange: { phase: 'answering', failure: null }, hasText: true }],
    ['reconnecting', { playback: 'waiting', connection: 'error', registered: false }],
    ['listening', { recording: 'recording', hearing: true, exchange: failed('INTERNAL_ERROR') }],
    ['interrupted', { playback: 'paused', recording: 'recording', hearing: true }],
    ['busy', { exchange: failed('SERVER_BUSY') }],
    ['busy', { connection: 'error', attempts: 1, registered: false, busy: true }],
    ['failed', { exchange: failed('INTERNAL_ERROR') }],
  ] satisfies [string, Partial<ConversationFacts>][])('is %s when %o', (expected, more) => {
    expect(state(more)).toBe(expected);
  });
});

describe('The status line', () => {
  const facts: StatusFacts = { state: 'ready', voice: 'ok', hearing: 'ok', aloud: true, microphone: 'off', exchange: undefined, sources: 0, thinkingMs: 0, justRejoined: false, ending: null, waitLeft: 1 };
  const line = (more: Partial<StatusFacts>) => statusLine({ ...facts, ...more }, sayIn('en'));

  test('is quiet before 400 ms of thinking, and says that it still looks after 4 s', () => {
    expect(line({ state: 'thinking', thinkingMs: 300 }).text).toBe('');
    expect(line({ state: 'thinking', thinkingMs: 500 })).toMatchObject({ text: english.thinking, shape: 'coil' });
    expect(line({ state: 'thinking', thinkingMs: 4500 }).text).toBe(english.stillThinking);
  });

  test('says that the voice is away, unless nobody wants to hear it', () => {
    expect(line({ voice: 'away' })).toMatchObject({ text: english.voiceAway, icon: 'speaker-crossed' });
    expect(line({ voice: 'away', aloud: false }).text).toBe('');
  });

  test('tells also who speaks that the voice or the hearing is away, and that the conversation ends', () => {
    const listening = { state: 'listening', microphone: 'on' } as const;
    expect(line(listening)).toMatchObject({ text: english.listening, shape: 'sounding' });
    expect(line({ ...listening, voice: 'away' }).text).toBe(english.voiceAway);
    expect(line({ ...listening, voice: 'away', hearing: 'away' })).toMatchObject({ text: english.hearingAway, icon: 'microphone-off' });
    expect(line({ ...listening, ending: 'EXPIRE_SOON' }).text).toBe(english.endsSoon);
    expect(line({ ...listening, ending: 'IDLE' }).text).toBe(english.stillThere);
    expect(line({ ...listening, ending: 'CALL_LIMIT' }).text).toBe(english.callLimit);
    expect(line({ ending: 'IDLE' }).text).toBe(english.listenOver);
  });

  test('tells who writes once that nobody can be heard', () => {
    expect(line({ hearing: 'away' }).text).toBe(english.hearingAway);
    expect(line({ hearing: 'away', exchange: { phase: 'done', failure: null }, sources: 1 }).text).toBe('Tied to 1 object');
  });

  test('says that it listens only where it does', () => {
    const exchange = { phase: 'stopped', failure: null } as const;
    expect(line({ state: 'listening', microphone: 'on', exchange }).text).toBe(english.interrupted);
    expect(line({ exchange })).toMatchObject({ text: '', shape: 'dropped' });
  });

  test('is trouble only where it keeps the visitor from an answer', () => {
    expect(line({ state: 'offline' }).trouble).toBe(true);
    expect(line({ state: 'failed' }).trouble).toBe(true);
    expect(line({ state: 'reconnecting' }).trouble).toBe(false);
    expect(line({ state: 'busy' }).trouble).toBe(false);
  });

  test('lets the queue before a busy guide grow shorter, down to the last bead', () => {
    expect([1, 0.61, 0.6, 0.1, 0].map((waitLeft) => line({ state: 'busy', waitLeft }).beads)).toEqual([5, 4, 3, 1, 1]);
    expect(line({ state: 'ready' }).beads).toBe(0);
  });

  test('counts the objects of an answer', () => {
    expect(line({ sources: 1 }).text).toBe('Tied to 1 object');
    expect(statusLine({ ...facts, sources: 2 }, sayIn('zh')).text).toBe('系于 2 件展品');
  });

  test('joins the thread again with a knot', () => {
    expect(line({ justRejoined: true })).toMatchObject({ text: english.rejoined, shape: 'knot' });
  });
});

describe('The bead', () => {
  const bead = (more: Partial<BeadFacts>) => beadMode({ state: 'ready', microphone: 'off', typed: false, hears: true, exchange: undefined, ...more });
  const busy = { question: 'Who?', phase: 'failed', failure: { error_code: 'SERVER_BUSY', error_msg: '', retryable: true } } as const;
  const own = { question: '', phase: 'failed', failure: { error_code: 'INTERNAL_ERROR', error_msg: '', retryable: true } } as const;

  test('stops what runs, mends what broke, and sends what is typed', () => {
    expect(bead({ state: 'speaking' })).toBe('stop');
    expect(bead({ state: 'busy', exchange: busy })).toBe('stop');
    expect(bead({ state: 'failed' })).toBe('again');
    expect(bead({ state: 'speaking', typed: true })).toBe('send');
  });

  test('offers nothing that it cannot do', () => {
    expect(bead({ state: 'busy' })).toBe('talk');
    expect(bead({ state: 'failed', exchange: own })).toBe('talk');
    expect(bead({ state: 'failed', exchange: own, microphone: 'on' })).toBe('hush');
  });

  test('listens, and stops listening', () => {
    expect(bead({})).toBe('talk');
    expect(bead({ state: 'listening', microphone: 'on' })).toBe('hush');
  });

  test('becomes a pen where nobody can be heard', () => {
    expect(bead({ microphone: 'refused' })).toBe('write');
    expect(bead({ microphone: 'missing' })).toBe('write');
    expect(bead({ hears: false })).toBe('write');
  });
});

describe('How to get a refused microphone back', () => {
  const safari = 'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15';
  const chromium = 'Mozilla/5.0 (X11; Linux) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
  test.each([
    ['undoChromium', chromium], ['undoSafari', safari], ['undoFirefox', 'Mozilla/5.0 (X11; Linux; rv:140.0) Gecko Firefox/140.0'],
    ['undoIos', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18) AppleWebKit/605.1.15 CriOS/140 Safari/605'],
  ])('is told as %s', (word, userAgent) => {
    expect(microphoneHelp({ microphone: 'refused', userAgent, secure: true })).toBe(word);
  });

  test('names the missing lock of the address before anything else', () => {
    expect(microphoneHelp({ microphone: 'missing', userAgent: chromium, secure: false })).toBe('undoInsecure');
    expect(microphoneHelp({ microphone: 'missing', userAgent: chromium, secure: true })).toBe('undoPlugIn');
  });
});
