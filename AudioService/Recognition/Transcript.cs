namespace Museum.AudioService.Recognition;

/// <summary>What a recogniser has heard so far, or in the end.</summary>
internal sealed record Transcript(string Text, bool IsFinal)
{
    /// <summary>The rate that recognisers work at; word times count its samples.</summary>
    public const int SampleRate = 16_000;

    public required string Language { get; init; }

    /// <summary>The name of who heard it; the listener fills it in.</summary>
    public string Provider { get; init; } = "";

    /// <summary>0–1; of a partial transcript 0: nothing is known yet.</summary>
    public double Confidence { get; init; }

    /// <summary>Final only: too doubtful to act on. The caller asks again instead of guessing.</summary>
    public bool LowConfidence { get; init; }
    public IReadOnlyList<HeardWord> Words { get; init; } = [];

    /// <summary>Final only, best first, without the best itself.</summary>
    public IReadOnlyList<OtherReading> Alternatives { get; init; } = [];
}

/// <summary>A word and its place in the utterance, in samples at <see cref="Transcript.SampleRate"/>.</summary>
/// <param name="Confidence">0–1: how much of what could have been said instead agrees on this word here.</param>
internal sealed record HeardWord(string Text, long StartSample, long EndSample, double Confidence);

/// <summary>What may have been said instead.</summary>
internal sealed record OtherReading(string Text, double Confidence);
