using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Museum.ServiceDefaults.Caching;

namespace Museum.AudioService.Recognition;

/// <summary>A recording that was heard before, to the last sample, is not heard again: its transcript is kept under the hash of its sound.</summary>
internal sealed class KeptTranscripts(Listener listener, Transcriber transcriber, ICache<Recording> kept)
{
    // About what a record of each takes in memory.
    private const int WordBytes = 96;

    // This service's code: how a recording is cut, resampled and joined.
    private static readonly string Build = typeof(KeptTranscripts).Assembly.ManifestModule.ModuleVersionId.ToString("n");

    public static CacheKind<Recording> Kind { get; } = new("transcripts")
    {
        Levels = CacheLevels.MemoryAndRedis,
        SizeOf = recording => (sizeof(char) * recording.Text.Length) + (WordBytes * (recording.Words.Count + recording.Alternatives.Count + 1)),
        IsNegative = recording => recording.Text.Length == 0,
        Defaults = options =>
        {
            // 4,000 recordings; somebody who sends one again does it soon.
            options.MemoryMb = 4;
            options.TimeToLive = TimeSpan.FromHours(1);
        },
    };

    /// <summary>As <see cref="Transcriber.TranscribeAsync"/>.</summary>
    public async Task<Recording> TranscribeAsync(RecognitionRequest request, ReadOnlyMemory<short> pcm, CancellationToken ct)
    {
        if (listener.BestOf(request.Language) is not { } best || best.Hearing(request.Language) is not { } hearing)
        {
            return await transcriber.TranscribeAsync(request, pcm, ct);
        }

        var key = KeyOf(best.Name, hearing, request, pcm.Span);
        var recording = await kept.GetOrCreateAsync(key, token => transcriber.TranscribeAsync(request, pcm, token), cancellationToken: ct);
        if (recording.Provider != best.Name || recording.LowConfidence)
        {
            // It failed meanwhile, and a lesser one heard this; or it was in doubt, with no time to hear it twice: next time it is asked again.
            await kept.RemoveAsync(key, ct);
        }

        return recording;
    }

    private static CacheKey KeyOf(string provider, string hearing, RecognitionRequest request, ReadOnlySpan<short> pcm)
    {
        // A new part of the request does not compile here until it is in the key. Partial transcripts are not kept.
        var (language, _, alternatives) = request;
        return CacheKey.Of(
            ("build", Build),
            ("provider", provider),
            ("hearing", hearing),
            ("language", language),
            ("alternatives", alternatives.ToString(CultureInfo.InvariantCulture)),
            ("sound", Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(pcm)))));
    }
}
