import type { ComputedRef, Ref } from 'vue';
import type { HeardAt } from '../audio/soundSchedule';
import type { VisitorPass } from '../auth/visitorPass';
import type { Backoff } from '../connection/backoff';
import type { FaceNow } from '../guide/faceTracks';
import type { Capabilities, NextStop } from '../protocol/serverMessages';
import type { VoiceMessage } from './messages';
import type { ConversationState } from './state';
import type { Exchange, Rating } from './transcript';
import type { Turn } from './turn';

/** `refused`: the visitor or the browser said no; `missing`: there is none, or it cannot be opened. */
export type MicrophoneState = 'off' | 'asking' | 'on' | 'refused' | 'missing';

/** Where the visitor is: a hall by its number, an exhibit by its id, or either by name. */
export interface Scene {
  hall?: number;
  exhibitId?: string;
  name?: string;
}

/** Why the conversation may end soon: nobody asks, nobody says anything, or the longest call is nearly over. */
export type EndingWarning = 'EXPIRE_SOON' | 'IDLE' | 'CALL_LIMIT';

export interface ConversationOptions {
  /** Where the gateway is, `ws://…` or `wss://…`, without a path. */
  wsUrl: string;
  pass: VisitorPass;
  language: () => string;
  /** The visitor wants to hear the answers. */
  aloud: Readonly<Ref<boolean>>;
  /** The guide's voice by its name; null: the language's own. */
  voice?: Readonly<Ref<string | null>>;
  backoff?: Backoff;
}

/** All that the page may know of the conversation. */
export interface VoiceConversation {
  /** Connects; with `microphone`, listens as well. Throws when listening is wanted and impossible; then nothing stays open. */
  startConversation(how?: { microphone: boolean }): Promise<void>;
  endConversation(): void;
  /** The next visitor: nothing of this conversation is known any more, here or at the guide. */
  startOver(): void;
  ask(question: string): void;
  /** Silence at once; the answer ends where the voice was. */
  stop(): void;
  /** After a failure: the question once more, or the connection. */
  again(): void;
  /** Speaks another language from now on. */
  languageChanged(): void;
  /** Where the visitor is, from now on; null: nowhere in particular. */
  setScene(scene: Scene | null): void;
  /** The visitor's word on an answer; false: it could not be told. */
  rate(turnId: number, rating: Rating): Promise<boolean>;

  /** Opens the microphone, inside a user's gesture; the guide hears until `stopListening`. False: see `microphone` for why. */
  startListening(): Promise<boolean>;
  stopListening(): void;
  microphone: ComputedRef<MicrophoneState>;
  /** How loud the microphone is at this moment, 0 to 1; read per frame, not reactive. */
  level(): number;
  /** What the guide hears the visitor say, as it is said; empty before the first words, null while nobody speaks. */
  hearing: ComputedRef<string | null>;

  /** Inside a user's gesture: lets the page sound. */
  unlockSound(): void;
  heard(): HeardAt | null;
  face(): FaceNow;
  messages: ComputedRef<readonly VoiceMessage[]>;
  exchanges: ComputedRef<readonly Exchange[]>;
  turn(exchange: Exchange | undefined): Turn | undefined;
  conversationState: ComputedRef<ConversationState>;
  capabilities: Readonly<Ref<Partial<Capabilities>>>;
  /** The conversation ends soon unless the visitor goes on; null: it does not. */
  ending: Readonly<Ref<EndingWarning | null>>;
  /** The session ends within minutes unless the visitor goes on. */
  endsSoon: ComputedRef<boolean>;
  /** Where the newest answer says that the visit may go next. */
  nextStop: ComputedRef<NextStop | null>;
  /** Unix milliseconds when a busy guide wants to be asked again; null: it is not busy. */
  busyUntil: Readonly<Ref<number | null>>;
}
