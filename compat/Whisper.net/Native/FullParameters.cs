using System.Runtime.InteropServices;

namespace Whisper.net.Native;

/// <summary>whisper.h's <c>whisper_full_params</c> of 1.9; bools are bytes, so that it may be passed as it lies.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FullParameters
{
    public int Strategy;
    public int Threads;
    public int MaxTextContext;
    public int OffsetMs;
    public int DurationMs;
    public byte Translate;
    public byte NoContext;
    public byte NoTimestamps;
    public byte SingleSegment;
    public byte PrintSpecial;
    public byte PrintProgress;
    public byte PrintRealtime;
    public byte PrintTimestamps;
    public byte TokenTimestamps;
    public float TokenTimestampThreshold;
    public float TokenTimestampSumThreshold;
    public int MaxLength;
    public byte SplitOnWord;
    public int MaxTokens;
    public byte DebugMode;
    public int AudioContext;
    public byte SpeakerTurns;
    public nint SuppressRegex;
    public nint InitialPrompt;
    public byte CarryInitialPrompt;
    public nint PromptTokens;
    public int PromptTokenCount;
    public nint Language;
    public byte DetectLanguage;
    public byte SuppressBlank;
    public byte SuppressNonSpeech;
    public float Temperature;
    public float MaxInitialTimestamp;
    public float LengthPenalty;
    public float TemperatureIncrement;
    public float EntropyThreshold;
    public float LogProbabilityThreshold;
    public float NoSpeechThreshold;
    public int BestOf;
    public int BeamSize;
    public float Patience;
    public nint NewSegment;
    public nint NewSegmentData;
    public nint Progress;
    public nint ProgressData;
    public nint EncoderBegin;
    public nint EncoderBeginData;
    public nint Abort;
    public nint AbortData;
    public nint LogitsFilter;
    public nint LogitsFilterData;
    public nint GrammarRules;
    public nuint GrammarRuleCount;
    public nuint StartRule;
    public float GrammarPenalty;
    public byte VoiceActivity;
    public nint VoiceActivityModel;
    public float VoiceThreshold;
    public int MinSpeechMs;
    public int MinSilenceMs;
    public float MaxSpeechSeconds;
    public int SpeechPadMs;
    public float SamplesOverlap;
}

/// <summary>whisper.h's <c>whisper_context_params</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ContextParameters
{
    public byte UseGpu;
    public byte FlashAttention;
    public int GpuDevice;
    public byte DtwTokenTimestamps;
    public int DtwPreset;
    public int DtwTop;
    public nuint DtwHeadCount;
    public nint DtwHeads;
    public nuint DtwMemory;
}

/// <summary>whisper.h's <c>whisper_token_data</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TokenData
{
    public int Id;
    public int TimestampId;
    public float Probability;
    public float LogProbability;
    public float TimestampProbability;
    public float TimestampProbabilitySum;
    public long Start;
    public long End;
    public long Dtw;
    public float VoiceLength;
}
