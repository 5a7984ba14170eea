using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// Spans and histograms of the turn, whose names follow LiveKit's and OpenTelemetry's (anchors.md), and the performance log: one line per
/// turn, in the category <c>Museum.Performance</c>. Never a visitor's words.
/// </summary>
internal sealed partial class TurnTelemetry
{
    public const string Name = "Museum.VoiceCall";
    public const string PerformanceLog = "Museum.Performance";
    public static readonly ActivitySource Source = new(Name);

    // Around the goals: 30 ms to the first text, 150 ms to the first sound.
    private static readonly InstrumentAdvice<double> Buckets = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5] };

    // Around the goal: 650 ms from the end of speech to the first sound.
    private static readonly InstrumentAdvice<double> SpokenBuckets = new() { HistogramBucketBoundaries = [0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 0.9, 1, 1.2, 1.6, 2.5, 5] };

    private readonly Histogram<double> firstText;
    private readonly Histogram<double> firstSentence;
    private readonly Histogram<double> firstAudio;
    private readonly Histogram<double> endOfTurn;
    private readonly Histogram<double> transcription;
    private readonly Histogram<double> firstToken;
    private readonly Histogram<double> firstByte;
    private readonly Histogram<double> endToEnd;
    private readonly Counter<long> turns;
    private readonly Counter<long> unvoiced;
    private readonly ILogger<TurnTelemetry> logger;
    private readonly ILogger performance;

    public TurnTelemetry(IMeterFactory meters, ILoggerFactory loggers)
    {
        performance = loggers.CreateLogger(PerformanceLog);
        logger = loggers.CreateLogger<TurnTelemetry>();
        var meter = meters.Create(Name);
        firstText = meter.CreateHistogram("museum.turn.first_text", "s", "From a question to the first text of its answer.", advice: Buckets);
        firstSentence = meter.CreateHistogram("museum.turn.first_sentence", "s", "From a question to the first whole sentence of its answer.", advice: Buckets);
        firstAudio = meter.CreateHistogram("museum.turn.first_audio", "s", "From a question to the first sound of its answer.", advice: Buckets);
        // The field's own names, as its dashboards have them (anchors.md).
        endOfTurn = meter.CreateHistogram("end_of_turn_delay", "s", "From the end of what was said until it was sure that it was all.", advice: SpokenBuckets);
        transcription = meter.CreateHistogram("transcription_delay", "s", "From the end of what was said to its final transcript.", advice: SpokenBuckets);
        firstToken = meter.CreateHistogram("llm_ttft", "s", "From asking the guide to the first text of its answer.", advice: Buckets);
        firstByte = meter.CreateHistogram("tts_ttfb", "s", "From publishing a turn's first sentence to the announcement of its voice.", advice: Buckets);
        endToEnd = meter.CreateHistogram("e2e_latency", "s", "From the end of what was said to the first sound of the answer.", advice: SpokenBuckets);
        turns = meter.CreateCounter<long>("museum.turns", "{turn}", "Turns by how they ended.");
        unvoiced = meter.CreateCounter<long>("museum.sentences.unvoiced", "{sentence}", "Sentences that were left to their text, or broke off, by the reason's code.");
    }

    /// <summary>A sentence that was to be heard was not, or not to its end.</summary>
    /// <param name="turn">Its turn.</param>
    /// <param name="sequence">Which of its sentences.</param>
    /// <param name="code">A code of the house; null: nobody told one.</param>
    public void Unvoiced(Turn turn, int sequence, string? code)
    {
        unvoiced.Add(1, new KeyValuePair<string, object?>("code", code ?? "unknown"));
        LogUnvoiced(logger, sequence, turn.Id, turn.Session.Id, code);
    }

    public void Record(Turn turn, string outcome)
    {
        turns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        Record(firstText, turn.Times.FirstTextMs);
        Record(firstSentence, turn.Times.FirstSentenceMs);
        Record(firstAudio, turn.Times.FirstAudioMs);
        var times = turn.Times;
        Record(endOfTurn, times.EndOfTurnMs);
        Record(transcription, times.TranscriptMs);
        Record(firstToken, times.TextTtfbMs);
        Record(firstByte, times.VoiceTtfbMs);
        Record(endToEnd, turn.IsSpokenQuestion ? times.FirstAudioMs : null);
        LogTurn(
            performance, turn.Id, turn.Session.Id, outcome, Rounded(times.FirstTextMs), Rounded(times.FirstSentenceMs), Rounded(times.FirstAudioMs), Rounded(times.FirstFaceMs), Rounded(turn.ElapsedMs));
    }

    private static double? Rounded(double? milliseconds) => milliseconds is { } value ? Math.Round(value, 1) : null;

    private static void Record(Histogram<double> histogram, double? milliseconds)
    {
        if (milliseconds is { } value)
        {
            histogram.Record(value / 1000);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sentence {Sequence} of turn {Turn} of {Session} is left to its text: {Code}")]
    private static partial void LogUnvoiced(ILogger logger, int sequence, long turn, string session, string? code);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Turn {Turn} of {Session}: {Outcome}; in ms from the question: text {FirstTextMs}, sentence {FirstSentenceMs}, voice {FirstVoiceMs}, face {FirstFaceMs}, end {TotalMs}")]
    private static partial void LogTurn(
        ILogger logger, long turn, string session, string outcome, double? firstTextMs, double? firstSentenceMs, double? firstVoiceMs, double? firstFaceMs, double? totalMs);
}
