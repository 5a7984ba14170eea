using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Recognition;

/// <summary>One utterance to be heard.</summary>
/// <param name="Language"><c>en</c>, <c>zh</c>, or another primary subtag that a provider is configured for.</param>
/// <param name="Partials">Whether the caller wants transcripts while the visitor still speaks.</param>
/// <param name="Alternatives">Other readings wanted beside the best, 0–10.</param>
internal sealed record RecognitionRequest(string Language, bool Partials = true, int Alternatives = 0)
{
    public const int MaxAlternatives = 10;

    /// <summary>How long doubtful words may be heard again; null: as configured.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>The first words as soon as they can be guessed, at some cost in accuracy.</summary>
    public bool EarlyPartials { get; init; }

    /// <summary>The shorter of what is configured and what the caller has patience for.</summary>
    public TimeSpan Within(TimeSpan configured) => Patience is { } patience && patience < configured ? patience : configured;

    /// <summary>From a caller's words: <c>en-GB</c> is <c>en</c>. Throws <see cref="ClientException"/> for what makes no sense.</summary>
    public static RecognitionRequest Of(string? language, bool partials, int alternatives) => alternatives is < 0 or > MaxAlternatives
        ? throw new ClientException("alternatives_out_of_range", $"Between 0 and {MaxAlternatives} alternatives can be had.")
        : new RecognitionRequest(string.IsNullOrEmpty(language) ? "en" : language.Split('-', '_')[0].ToLowerInvariant(), partials, alternatives);
}

/// <summary>
/// Speech to text, streaming: chunks of PCM16 mono at 16 kHz in, any length; partial transcripts out while more comes in, and exactly
/// one final transcript after the last chunk, with an empty text when nothing was said. Throws <see cref="DependencyException"/> while
/// the engine is away and <see cref="ResourceException"/> when it is full; cancellation ends it within one chunk.
/// </summary>
internal interface ISpeechRecognizer
{
    /// <summary>What clients and metrics call it: <c>pocketsphinx</c>, …</summary>
    string Name { get; }

    bool Hears(string language);

    /// <summary>What takes time before it can hear: once, again when it failed; within 30 s. Who speaks meanwhile, at the start of the service, is heard then.</summary>
    /// <exception cref="DependencyException">It cannot hear for now, and why.</exception>
    Task LoadAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Null: it can hear now. Otherwise why not, and what would help. Cheap enough to ask every few seconds.</summary>
    ValueTask<string?> ProbeAsync(CancellationToken ct);

    /// <summary>
    /// What else than the sound and the request decides what is heard: the engine, its model, the version of the vocabulary. Part of a kept
    /// transcript's key; null: not known, and no transcript is kept.
    /// </summary>
    string? Hearing(string language) => null;

    IAsyncEnumerable<Transcript> RecognizeAsync(RecognitionRequest request, IAsyncEnumerable<ReadOnlyMemory<short>> audio, CancellationToken ct);
}
