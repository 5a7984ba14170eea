namespace Whisper.net;

/// <param name="text">As it is said, with the space before it.</param>
/// <param name="start">From the first sample.</param>
/// <param name="end">From the first sample.</param>
/// <param name="minProbability">0–1; 0 without <see cref="WhisperProcessorBuilder.WithProbabilities"/>.</param>
/// <param name="maxProbability">As above.</param>
/// <param name="probability">The average of the tokens, as above.</param>
/// <param name="noSpeechProbability">0–1.</param>
/// <param name="language">Two letters.</param>
/// <param name="tokens">Those with a meaning of their own included.</param>
public class SegmentData(
    string text, TimeSpan start, TimeSpan end, float minProbability, float maxProbability, float probability, float noSpeechProbability, string language, WhisperToken[] tokens)
{
    public string Text { get; } = text;

    public TimeSpan Start { get; } = start;

    public TimeSpan End { get; } = end;

    public float MinProbability { get; } = minProbability;

    public float MaxProbability { get; } = maxProbability;

    public float Probability { get; } = probability;

    public string Language { get; } = language;

    public WhisperToken[] Tokens { get; } = tokens;

    public float NoSpeechProbability { get; } = noSpeechProbability;
}

/// <summary>Times count 10 ms from the first sample; −1 without <see cref="WhisperProcessorBuilder.WithTokenTimestamps"/>.</summary>
#pragma warning disable CA1051 // Fields, as in the original.
public class WhisperToken
{
    public int Id;
    public int TimestampId;
    public float Probability;
    public float ProbabilityLog;
    public float TimestampProbability;
    public float TimestampProbabilitySum;
    public long Start;
    public long End;
    public long DtwTimestamp;
    public float VoiceLen;
    public string? Text;
}
#pragma warning restore CA1051
