// Made from Contracts/Protocol; ./museum schemas writes it anew.

export type Feature = 'speech_events' | 'transcripts' | 'avatar_track' | 'avatar_video' | 'binary_audio' | 'sources' | 'suggestions' | 'metrics' | 'status' | 'numbered_audio';
export type ErrorCode = 'AUTH_FAILED' | 'SESSION_INVALID' | 'STREAM_SEQ_ERROR' | 'PAYLOAD_TOO_LARGE' | 'SERVER_BUSY' | 'MALFORMED_PAYLOAD' | 'INTERNAL_ERROR' | 'REQUEST_TIMEOUT' | 'RATE_LIMITED' | 'UNSUPPORTED_FORMAT';

export interface ClientPayloads {
  REGISTER: RegisterPayload;
  REQUEST: RequestPayload;
  INTERRUPT: InterruptPayload;
  SESSION_QUERY: SessionQueryPayload;
  HEARTBEAT_REPLY: HeartbeatReplyPayload;
  HEALTH_CHECK: HealthCheckPayload;
  SHUTDOWN: ClientShutdownPayload;
  FUNCTION_RESULT: FunctionResultPayload;
  PLAYBACK: PlaybackPayload;
  ACK: AckPayload;
}

export interface ServerPayloads {
  REGISTER_ACK: RegisterAckPayload;
  RESPONSE: ResponsePayload;
  INTERRUPT_ACK: InterruptAckPayload;
  SESSION_INFO: SessionInfoPayload;
  SESSION_WARN: SessionWarnPayload;
  HEARTBEAT: HeartbeatPayload;
  HEALTH_CHECK_ACK: HealthCheckAckPayload;
  SHUTDOWN: ShutdownPayload;
  ERROR: ErrorPayload;
  SPEECH_STARTED: SpeechPayload;
  SPEECH_STOPPED: SpeechPayload;
  TRANSCRIPT: TranscriptPayload;
  TURN_STARTED: TurnStartedPayload;
  TURN_PAUSED: TurnPausedPayload;
  TURN_RESUMED: TurnResumedPayload;
  TURN_ENDED: TurnEndedPayload;
  AUDIO_META: AudioMetaPayload;
  AVATAR_TRACK: AvatarTrackPayload;
  SOURCES: SourcesPayload;
  SUGGESTIONS: SuggestionsPayload;
  STATUS: StatusPayload;
  TURN_METRICS: TurnMetricsPayload;
}

export interface AckPayload {
  last_seq: number;
}

export interface AudioFormat {
  format: string;
  sample_rate: number;
}

export interface AudioFormats {
  input?: AudioFormat;
  output?: AudioFormat;
}

export interface AudioMetaPayload {
  seq?: number;
  turn_id: number;
  sequence: number;
  size: number;
  duration_ms: number;
  text: string;
  sample_rate: number;
  start_ms: number;
  last: boolean;
  words?: readonly SpokenWord[];
}

export interface AuthPayload {
  type?: 'TOKEN' | 'API_KEY' | 'ACCOUNT';
  token?: string;
  api_key?: string;
  account?: string;
  password?: string;
}

export interface AvatarTrackPayload {
  turn_id: number;
  sequence: number;
  start_ms: number;
  visemes: readonly TrackViseme[];
  expression: string;
  action: string;
}

export interface ClientShutdownPayload {
  reason?: string;
}

export interface ErrorPayload {
  error_code: 'AUTH_FAILED' | 'SESSION_INVALID' | 'STREAM_SEQ_ERROR' | 'PAYLOAD_TOO_LARGE' | 'SERVER_BUSY' | 'MALFORMED_PAYLOAD' | 'INTERNAL_ERROR' | 'REQUEST_TIMEOUT' | 'RATE_LIMITED' | 'UNSUPPORTED_FORMAT';
  error_msg: string;
  error_detail?: string;
  retryable: boolean;
  request_id?: string;
  retry_after_ms?: number;
  trace_id?: string;
}

export interface ExhibitSource {
  id: string;
  title: string;
  quote: string;
  score: number;
  hall?: number;
  passages?: readonly string[];
}

export interface FunctionCallPayload {
  name: string;
  parameters?: unknown;
  call_id: string;
}

export interface FunctionResultPayload {
  call_id?: string;
  name?: string;
  is_success: boolean;
  result?: unknown;
}

export interface HealthCheckAckPayload {
  health_status: Record<string, unknown>;
}

export interface HealthCheckPayload {
  check_fields?: readonly string[];
}

export interface HeartbeatPayload {
  remaining_seconds: number;
}

export interface HeartbeatReplyPayload {
  client_status?: string;
}

export interface InterruptAckPayload {
  interrupted_request_ids: readonly string[];
  status: 'SUCCESS' | 'PARTIAL' | 'FAILED';
  message: string;
}

export interface InterruptPayload {
  interrupt_request_id?: string;
  reason?: 'USER_NEW_INPUT' | 'USER_STOP' | 'USER_VOICE_INPUT' | 'CLIENT_ERROR';
}

export interface NextStop {
  exhibit_id: string;
  title: string;
  hall: number;
  hall_name: string;
  invitation: string;
  propose: boolean;
}

export interface PlaybackPayload {
  turn_id: number;
  sequence: number;
  played_ms: number;
  state?: 'started' | 'finished' | 'stopped';
}

export interface RegisterAckPayload {
  status: string;
  message: string;
  session_id: string;
  session_timeout_seconds: number;
  resume_token?: string;
  resumed?: boolean;
  protocol_features: readonly string[];
  audio: AudioFormats;
}

export interface RegisterPayload {
  auth?: AuthPayload;
  platform?: 'WEB' | 'APP' | 'MINI_PROGRAM' | 'TV';
  require_tts: boolean;
  enable_srs: boolean;
  function_calling?: readonly unknown[];
  language?: string;
  system_prompt?: SystemPrompt;
  scene_context?: SceneContext;
  features?: readonly ('speech_events' | 'transcripts' | 'avatar_track' | 'avatar_video' | 'binary_audio' | 'sources' | 'suggestions' | 'metrics' | 'status' | 'numbered_audio')[];
  audio?: AudioFormats;
  voice?: VoiceSettings;
  greeting: boolean;
  resume?: ResumePayload;
}

export interface RequestContent {
  text?: string;
  voice_mode?: 'BINARY' | 'BASE64';
  voice?: string;
  audio_format?: string;
}

export interface RequestPayload {
  request_id?: string;
  data_type?: 'TEXT' | 'VOICE';
  stream_flag: boolean;
  stream_seq: number;
  require_tts?: boolean;
  enable_srs?: boolean;
  function_calling_op?: 'REPLACE' | 'ADD' | 'UPDATE' | 'DELETE';
  function_calling?: readonly unknown[];
  content?: RequestContent;
  update_session?: unknown;
}

export interface ResponseContent {
  text?: string;
  voice?: string;
}

export interface ResponsePayload {
  request_id: string;
  text_stream_seq?: number;
  voice_stream_seq?: number;
  function_call?: FunctionCallPayload;
  content: ResponseContent;
  interrupted: boolean;
  interrupt_reason?: string;
  turn_id: number;
  sequence?: number;
  seq?: number;
}

export interface ResumePayload {
  session_id?: string;
  resume_token?: string;
  last_seq: number;
  sound?: SoundPoint;
}

export interface SceneContext {
  current_scene?: string;
  scene_description?: string;
  keywords?: readonly string[];
  scene_specific_prompt?: string;
  hall?: number;
  exhibit_id?: string;
}

export interface SessionInfoPayload {
  status: string;
  message: string;
  session_data: Record<string, unknown>;
}

export interface SessionQueryPayload {
  query_fields?: readonly string[];
}

export interface SessionWarnPayload {
  warn_type: 'EXPIRE_SOON' | 'IDLE' | 'CALL_LIMIT';
  remaining_seconds: number;
  message: string;
}

export interface ShutdownPayload {
  reason: 'REPLACED' | 'SERVER_SHUTDOWN' | 'IDLE' | 'CALL_LIMIT' | 'ENDED';
  reconnect_after_ms?: number;
}

export interface SoundPoint {
  turn_id: number;
  sequence: number;
  end_ms: number;
}

export interface SourcesPayload {
  turn_id: number;
  exhibits: readonly ExhibitSource[];
  unsupported_sentences?: readonly number[];
}

export interface SpeechPayload {
  audio_ms: number;
}

export interface SpokenWord {
  text: string;
  start_ms: number;
  end_ms: number;
}

export interface StatusPayload {
  capabilities: Record<string, 'ok' | 'degraded' | 'away'>;
  reason?: string;
}

export interface SuggestionsPayload {
  turn_id: number;
  questions: readonly string[];
  next_stop?: NextStop;
}

export interface SystemPrompt {
  role_description?: string;
  response_requirements?: string;
}

export interface TrackViseme {
  t_ms: number;
  id: string;
  weight: number;
}

export interface TranscriptPayload {
  turn_id?: number;
  text: string;
  is_final: boolean;
  confidence?: number;
  words?: readonly SpokenWord[];
}

export interface TurnEndedPayload {
  turn_id: number;
  interrupted: boolean;
  heard_text?: string;
}

export interface TurnMetricsPayload {
  turn_id: number;
  end_of_turn_ms?: number;
  transcript_ms?: number;
  first_text_ms?: number;
  first_sentence_ms?: number;
  first_audio_ms?: number;
  first_video_ms?: number;
  broker_hop_ms?: number;
}

export interface TurnPausedPayload {
  turn_id: number;
  reason: string;
}

export interface TurnResumedPayload {
  turn_id: number;
}

export interface TurnStartedPayload {
  turn_id: number;
  request_id?: string;
}

export interface VoiceSettings {
  name?: string;
  rate: number;
  pitch: number;
  volume: number;
  quality?: 'standard' | 'high';
}
