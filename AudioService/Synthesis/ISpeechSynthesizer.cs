using Museum.Contracts.Speech;

namespace Museum.AudioService.Synthesis;

/// <summary>One sentence to be spoken.</summary>
/// <param name="Language"><c>en</c>, <c>zh</c>, or another primary subtag that a provider is configured for.</param>
/// <param name="Voice">A voice of the provider; null: its default for the language.</param>
/// <param name="Rate">Speed of speech, 0.5–2.0; 1 is the voice's own.</param>
internal sealed record Utterance(string Text, string Language, string? Voice = null, double Rate = 1);

/// <summary>Some of a sentence's sound, PCM16 mono, and the times that became known with it, in samples from the sentence's first.</summary>
internal sealed record SpeechPiece(int SampleRate)
{
    public ReadOnlyMemory<short> Pcm { get; init; }

    /// <summary>RMS of this voice's speech, relative to full scale: what brings all voices to one loudness.</summary>
    public double VoiceLevel { get; init; } = Sound.Loudness.Target;
    public IReadOnlyList<TimedWord> Words { get; init; } = [];
    public IReadOnlyList<TimedPhone> Phones { get; init; } = [];

    /// <summary>No word or phone comes after this piece.</summary>
    public bool TimesComplete { get; init; }
}

/// <summary>A voice that can be asked for by name.</summary>
internal sealed record Voice(string Name, string Language, string Provider);

/// <summary>
/// Text to speech, streaming. Throws <see cref="ServiceDefaults.Errors.DependencyException"/> while the engine is away;
/// cancellation stops the engine within one piece.
/// </summary>
internal interface ISpeechSynthesizer
{
    /// <summary>What clients and events call it: <c>flite</c>, <c>espeak-ng</c>, <c>scripted</c>.</summary>
    string Name { get; }

    IReadOnlyList<Voice> Voices { get; }

    bool Speaks(string language);

    /// <summary>Null: it can speak now. Otherwise why not, and what would help. Cheap enough to ask every few seconds.</summary>
    ValueTask<string?> ProbeAsync(CancellationToken ct);

    IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, CancellationToken ct);
}
