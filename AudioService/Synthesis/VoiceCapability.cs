using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Health;

namespace Museum.AudioService.Synthesis;

/// <summary>
/// Reports the capability <c>voice</c> of all languages together: ok when every language has its best provider, away when nothing speaks,
/// else degraded. Without its better voice (<c>voice.en.high</c>) no language is degraded: the ordinary one speaks.
/// </summary>
internal sealed class VoiceCapability(Providers<ISpeechSynthesizer> voices, Narrator narrator, Capabilities board) : IHostedService
{
    public const string Name = "voice";

    /// <summary>The capability of one language.</summary>
    public static string Of(string language) => $"{Name}.{language}";

    /// <summary>Of one language, the better voices first; there is none where none is configured.</summary>
    public static string High(string language) => $"{Of(language)}.high";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        board.Changed += Tell;
        Tell(Of(""), null);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        board.Changed -= Tell;
        return Task.CompletedTask;
    }

    private void Tell(string changed, CapabilityReading? reading)
    {
        if (!changed.StartsWith(Of(""), StringComparison.Ordinal))
        {
            return;
        }

        var readings = narrator.Languages.Select(language => voices.Capabilities[Of(language)].Reading).ToArray();
        var state = readings.All(r => r.State == CapabilityState.Ok) ? CapabilityState.Ok
            : readings.All(r => r.State == CapabilityState.Away) ? CapabilityState.Away
            : CapabilityState.Degraded;
        board.Report(Name, state, state == CapabilityState.Ok ? null : string.Join("; ", readings.Select(r => r.Reason).OfType<string>().Distinct()));
    }
}
