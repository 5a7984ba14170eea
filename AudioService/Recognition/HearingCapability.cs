using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Health;

namespace Museum.AudioService.Recognition;

/// <summary>
/// Reports the capability <c>hearing</c> of all languages together: ok when every language has its best recogniser, away when nobody
/// listens, else degraded. Of a language that the guide speaks and nobody hears, says so.
/// </summary>
internal sealed class HearingCapability(Providers<ISpeechRecognizer> ears, Capabilities board) : IHostedService
{
    public const string Name = "hearing";

    /// <summary>What <see cref="Capability{T}"/> says when no provider is up.</summary>
    public const string AwayCode = $"{Name}_away";

    // The languages that the guide speaks: one without any recogniser is told of, too.
    private static readonly string[] GuideLanguages = ["en", "zh"];

    /// <summary>The capability of one language.</summary>
    public static string Of(string language) => $"{Name}.{language}";

    public static string NotConfigured(string language) =>
        $"No recogniser is configured for \"{language}\": please write. To be heard, name one in Stt:Providers:{language} (whisper, dashscope or openai; docs/speech.md).";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        board.Changed += Tell;
        foreach (var language in GuideLanguages.Where(l => !ears.Capabilities.ContainsKey(Of(l))))
        {
            board.Report(Of(language), CapabilityState.Away, NotConfigured(language));
        }

        Tell();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        board.Changed -= Tell;
        return Task.CompletedTask;
    }

    private void Tell(string changed, CapabilityReading reading)
    {
        if (changed.StartsWith(Of(""), StringComparison.Ordinal))
        {
            Tell();
        }
    }

    private void Tell()
    {
        var readings = GuideLanguages.Select(Of).Union(ears.Capabilities.Keys).Select(ReadingOf).ToArray();
        var state = readings.All(r => r.State == CapabilityState.Ok) ? CapabilityState.Ok
            : readings.All(r => r.State == CapabilityState.Away) ? CapabilityState.Away
            : CapabilityState.Degraded;
        board.Report(Name, state, state == CapabilityState.Ok ? null : string.Join("; ", readings.Select(r => r.Reason).OfType<string>().Distinct()));
    }

    private (CapabilityState State, string? Reason) ReadingOf(string name) =>
        ears.Capabilities.TryGetValue(name, out var hearing) ? hearing.Reading : (CapabilityState.Away, NotConfigured(name[Of("").Length..]));
}
