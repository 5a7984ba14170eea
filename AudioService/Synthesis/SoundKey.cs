using System.Globalization;
using Museum.ServiceDefaults.Caching;

namespace Museum.AudioService.Synthesis;

/// <summary>What a sentence's sound depends on.</summary>
internal static class SoundKey
{
    // This service's code, to the last instruction: how text is read, trimmed, resampled and made loud. Another build, other sounds.
    private static readonly string Build = typeof(SoundKey).Assembly.ManifestModule.ModuleVersionId.ToString("n");

    /// <summary>A new part of <see cref="Utterance"/> does not compile here until it is in the key. The loudness is the house's: nobody can ask for another.</summary>
    public static CacheKey Of(ISpeechSynthesizer provider, Utterance utterance, int sampleRate, string? others = null)
    {
        var (text, language, voice, rate, pitch) = utterance;
        return CacheKey.Of(
            ("build", Build),
            ("provider", provider.Name),
            ("voicing", provider.Voicing(utterance)),
            ("others", others),
            ("voice", voice),
            ("language", language),
            // As it is: word times point into it.
            ("text", text),
            ("rate", Exactly(rate)),
            ("pitch", Exactly(pitch)),
            ("format", "pcm16"),
            ("sample_rate", sampleRate.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Exactly(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
