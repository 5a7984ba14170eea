using System.Diagnostics;

namespace Museum.Benchmarks.Visitors.Visits;

/// <summary>An answer as a visitor sees it come. Times are milliseconds from the question's leaving.</summary>
public sealed class SeenAnswer(string requestId, string language)
{
    private readonly long askedAt = Stopwatch.GetTimestamp();
    private readonly Dictionary<int, double> soundAt = [];
    private readonly Dictionary<int, double> trackAt = [];
    private readonly Dictionary<int, double> soundToTrack = [];
    private readonly TaskCompletionSource whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId => requestId;

    public string Language => language;

    public long? TurnId { get; internal set; }

    public double? FirstTextMs { get; private set; }

    /// <summary>The last written word was there.</summary>
    public double? WrittenMs { get; private set; }

    public double? FirstAudioMs { get; private set; }

    public double? FirstTrackMs { get; private set; }

    /// <summary>Why there will be no (more) answer: an error's code, or <c>connection_lost</c>.</summary>
    public string? ErrorCode { get; private set; }

    /// <summary>The next question, or INTERRUPT, came before its end.</summary>
    public bool Interrupted { get; internal set; }

    /// <summary>For each sentence with both, how much later than its first sound its face came; 0 when the face was there first.</summary>
    public IReadOnlyCollection<double> SoundToTrackMs => soundToTrack.Values;

    /// <summary>What the server says of it: first text, first sentence, first sound, and the broker's hop.</summary>
    public (double? Text, double? Sentence, double? Audio, double? Hop) Server { get; private set; }

    /// <summary>Its words, and the first sentence's sound and face are there; or there will be none.</summary>
    public Task Whole => whole.Task;

    public bool IsWhole => WrittenMs is not null && FirstAudioMs is not null && FirstTrackMs is not null && ErrorCode is null;

    /// <summary>It is over: its last message came, it failed, or the connection is lost.</summary>
    public Task Ended => ended.Task;

    public double ElapsedMs => Stopwatch.GetElapsedTime(askedAt).TotalMilliseconds;

    internal void Texted(bool ends)
    {
        if (ErrorCode is not null)
        {
            // The streams of a failed answer end too.
            return;
        }

        FirstTextMs ??= ElapsedMs;
        if (ends)
        {
            WrittenMs ??= ElapsedMs;
            TellIfWhole();
        }
    }

    internal void Heard(int sequence)
    {
        FirstAudioMs ??= ElapsedMs;
        soundAt.TryAdd(sequence, ElapsedMs);
        Pair(sequence);
        TellIfWhole();
    }

    internal void Faced(int sequence)
    {
        FirstTrackMs ??= ElapsedMs;
        trackAt.TryAdd(sequence, ElapsedMs);
        Pair(sequence);
        TellIfWhole();
    }

    internal void Measured(in ServerMessage metrics)
    {
        Server = (metrics.FirstTextMs, metrics.FirstSentenceMs, metrics.FirstAudioMs, metrics.BrokerHopMs);
        End();
    }

    public void Fail(string code)
    {
        if (!ended.Task.IsCompleted)
        {
            ErrorCode = code;
            End();
        }
    }

    private void Pair(int sequence)
    {
        if (soundAt.TryGetValue(sequence, out var sound) && trackAt.TryGetValue(sequence, out var track))
        {
            soundToTrack.TryAdd(sequence, Math.Max(0, track - sound));
        }
    }

    private void TellIfWhole()
    {
        if (IsWhole)
        {
            whole.TrySetResult();
        }
    }

    private void End()
    {
        whole.TrySetResult();
        ended.TrySetResult();
    }
}
