using System.Text.Json.Serialization;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Synthesis;

[JsonConverter(typeof(JsonStringEnumConverter<SpeechQuality>))]
internal enum SpeechQuality
{
    [JsonStringEnumMemberName("standard")]
    Standard,

    [JsonStringEnumMemberName("high")]
    High,
}

internal static class SpeechQualities
{
    /// <summary>Null or empty: as the museum is set up. Throws <see cref="ClientException"/> for what is none.</summary>
    public static SpeechQuality? Named(string? name) => name switch
    {
        null or "" => null,
        "standard" => SpeechQuality.Standard,
        "high" => SpeechQuality.High,
        _ => throw new ClientException("quality_unknown", $"The quality \"{name}\" is not one of standard, high."),
    };
}

/// <summary>One sentence to be spoken.</summary>
/// <param name="Language"><c>en</c>, <c>zh</c>, or another primary subtag that a provider is configured for.</param>
/// <param name="Voice">A voice of the provider; null: its default for the language.</param>
/// <param name="Rate">Speed of speech, 0.5–2.0; 1 is the voice's own.</param>
/// <param name="Pitch">0.5–2.0 times the voice's own; a provider that cannot change it leaves it.</param>
internal sealed record Utterance(string Text, string Language, string? Voice = null, double Rate = 1, double Pitch = 1)
{
    public const int MaxCharacters = 1_000;

    /// <summary>Decides who is asked first, and nothing else; null: as <c>Tts:Quality</c> says.</summary>
    public SpeechQuality? Quality { get; init; }

    /// <summary>From a caller's words: <c>zh-CN</c> is <c>zh</c>, an empty voice is none. Throws <see cref="ClientException"/> for what cannot be said.</summary>
    public static Utterance Of(string? text, string language, string? voice, double rate, double pitch = 1) => text switch
    {
        null or "" => throw new ClientException("text_required", "There is no text to speak."),
        { Length: > MaxCharacters } => throw new ClientException("text_too_long", $"The text has {text.Length} characters; {MaxCharacters} are the limit."),
        _ when rate is not (>= 0.5 and <= 2) => throw new ClientException("rate_out_of_range", "The rate of speech is from 0.5 to 2."),
        _ when pitch is not (>= 0.5 and <= 2) => throw new ClientException("pitch_out_of_range", "The pitch is from 0.5 to 2."),
        _ => new Utterance(text, language.Split('-', '_')[0].ToLowerInvariant(), string.IsNullOrEmpty(voice) ? null : voice, rate, pitch),
    };
}

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
/// Text to speech, streaming. Throws <see cref="DependencyException"/> while the engine is away;
/// cancellation stops the engine within one piece.
/// </summary>
internal interface ISpeechSynthesizer
{
    /// <summary>What clients and events call it: <c>flite</c>, <c>espeak-ng</c>, <c>scripted</c>.</summary>
    string Name { get; }

    IReadOnlyList<Voice> Voices { get; }

    /// <summary>Of somebody who is not on this machine: what is asked of them passes it until the first sound is there. Null: an engine of our own.</summary>
    string? Pipeline => null;

    bool Speaks(string language);

    /// <summary>Sentences that mix scripts are its own matter; otherwise it gets only what is in the script of the language.</summary>
    bool ReadsEveryScript => false;

    /// <summary>What else than its text, language and rate decides how the utterance sounds: the engine's version, the voice, settings. Part of a cached sound's key.</summary>
    string Voicing(Utterance utterance);

    /// <summary>Null: it can speak now. Otherwise why not, and what would help. Cheap enough to ask every few seconds.</summary>
    ValueTask<string?> ProbeAsync(CancellationToken ct);

    IAsyncEnumerable<SpeechPiece> SynthesizeAsync(Utterance utterance, CancellationToken ct);
}
