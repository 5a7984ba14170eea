using Museum.Contracts.Speech;

namespace Museum.Contracts.Events;

/// <summary>What every event of a turn carries: who holds it, and which sentence it is about.</summary>
public interface ITurnEvent
{
    /// <summary>The replica of VoiceCallService that owns the turn; the routing key of everything addressed to it.</summary>
    string Holder { get; }

    /// <summary>Raised by every resume of the session on another replica; a lower one is out of date.</summary>
    long Epoch { get; }

    string Session { get; }

    /// <summary>From 1, per session.</summary>
    long Turn { get; }

    /// <summary>The sentence of the turn, from 0.</summary>
    int Sequence { get; }
}

/// <summary>A sentence wants a voice. Published by the holder, at most two sentences ahead of playback.</summary>
public sealed record SentenceComposed : ITurnEvent
{
    public required string Holder { get; init; }
    public required long Epoch { get; init; }
    public required string Session { get; init; }
    public required long Turn { get; init; }
    public required int Sequence { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }

    /// <summary>Speaks where it knows the language; null: the language's default voice.</summary>
    public string? Voice { get; init; }

    /// <summary>Speed of speech, 0.5–2.0.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>0.5–2.0 times the voice's own.</summary>
    public double Pitch { get; init; } = 1;

    /// <summary>0–2 times the house's loudness.</summary>
    public double Volume { get; init; } = 1;

    /// <summary><c>standard</c> or <c>high</c>; null: as the museum is set up.</summary>
    public string? Quality { get; init; }

    /// <summary><c>pcm16</c>: 16 bit little endian, mono.</summary>
    public string Format { get; init; } = "pcm16";

    public int SampleRate { get; init; } = 16_000;

    /// <summary>Unix ms when the first sound should be there; the earliest is served first.</summary>
    public required long NeededBy { get; init; }

    /// <summary>Unix ms from when on its holder leaves it to its text; null: not said.</summary>
    public long? GivenUpAt { get; init; }

    /// <summary>Made from a live hypothesis that may still change.</summary>
    public bool Speculative { get; init; }

    /// <summary>W3C traceparent of the turn.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>A sentence's first sound is there. Published by AudioService at the first chunk.</summary>
public sealed record SentenceSpoken : ITurnEvent
{
    public required string Holder { get; init; }
    public required long Epoch { get; init; }
    public required string Session { get; init; }
    public required long Turn { get; init; }
    public required int Sequence { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }
    public required int SampleRate { get; init; }

    /// <summary>gRPC address of the replica that has the sound, and the handle for <c>Speech.Listen</c> there.</summary>
    public required string Address { get; init; }
    public required string Handle { get; init; }

    /// <summary>What spoke: <c>flite</c>, <c>espeak-ng</c>, …</summary>
    public required string Provider { get; init; }
    public IReadOnlyList<TimedWord> Words { get; init; } = [];
    public IReadOnlyList<TimedPhone> Phones { get; init; } = [];

    /// <summary>The length in samples when it is known already, else null.</summary>
    public long? TotalSamples { get; init; }

    /// <summary>True: <see cref="Words"/> and <see cref="Phones"/> cover the whole sentence.</summary>
    public bool TimesComplete { get; init; }
    public string? TraceParent { get; init; }
}

/// <summary>A sentence gets no voice; the holder sends its text alone.</summary>
public sealed record SentenceFailed : ITurnEvent
{
    public required string Holder { get; init; }
    public required long Epoch { get; init; }
    public required string Session { get; init; }
    public required long Turn { get; init; }
    public required int Sequence { get; init; }

    /// <summary>A stable code of the error taxonomy.</summary>
    public required string Code { get; init; }
}

/// <summary>The face of a sentence. Published by AvatarService.</summary>
public sealed record SentenceAnimated : ITurnEvent
{
    public required string Holder { get; init; }
    public required long Epoch { get; init; }
    public required string Session { get; init; }
    public required long Turn { get; init; }
    public required int Sequence { get; init; }
    public required int SampleRate { get; init; }
    public IReadOnlyList<TimedViseme> Visemes { get; init; } = [];
    public string Expression { get; init; } = "neutral";
    public string Action { get; init; } = "give";
}

/// <summary>The visitor spoke, or stopped the guide: every stage drops work of the session at or below <see cref="ThroughTurn"/>.</summary>
public sealed record TurnInterrupted
{
    public required string Session { get; init; }
    public required long Epoch { get; init; }
    public required long ThroughTurn { get; init; }
}

/// <summary>The answer is written whole; speech may still go on.</summary>
public sealed record AnswerComposed
{
    public required string Session { get; init; }
    public required long Turn { get; init; }
    public required int SentenceCount { get; init; }
    public required bool Grounded { get; init; }
    public required string Language { get; init; }
}

/// <summary>A turn is over: for history and analytics. Durable.</summary>
public sealed record TurnClosed
{
    public required string Session { get; init; }
    public required long Turn { get; init; }
    public required bool Interrupted { get; init; }

    /// <summary>What was heard of the answer; null: all of it.</summary>
    public string? HeardText { get; init; }
    public required string Language { get; init; }
    public required long ClosedAt { get; init; }
}

/// <summary>The content has a new version. Durable.</summary>
public sealed record ContentChanged
{
    public required string Version { get; init; }
    public IReadOnlyList<string> ExhibitIds { get; init; } = [];
}

/// <summary>
/// What the guide will say if the visitor asks what was just suggested: a voice can be made before it is wanted. Holds nobody's words but
/// the curators'. Published by TextService; worth nothing when it is late.
/// </summary>
public sealed record SentencesForeseen
{
    /// <summary><c>en</c> or <c>zh</c>, of all of them.</summary>
    public required string Language { get; init; }

    /// <summary>In their order, as <c>Guide.Converse</c> would bring them.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }
}
