using Museum.ServiceDefaults.Health;

namespace Museum.AudioService.Synthesis;

/// <summary>
/// Watches the providers and reports the capability <c>voice</c>: ok when every language has its best one, degraded when one has a lesser
/// one or none, away when nothing speaks. What is missing is asked for again after 0.5, 1, 2, 4, then every 5 s, what is well every 30 s.
/// </summary>
internal sealed class VoiceCapability(Narrator narrator, Capabilities capabilities, TimeProvider time) : BackgroundService
{
    public const string Name = "voice";

    private static readonly double[] PausesWhenAway = [0.5, 1, 2, 4, 5];
    private static readonly TimeSpan PauseWhenWell = TimeSpan.FromSeconds(30);

    /// <summary>One reading, reported.</summary>
    public async Task<CapabilityState> ReadAsync(CancellationToken ct)
    {
        var reasons = new List<string>();
        int speaking = 0, best = 0, languages = 0;
        foreach (var language in narrator.Languages)
        {
            languages++;
            var reading = await ReadAsync(language, ct);
            reasons.AddRange(reading.Reasons);
            speaking += reading.Speaker is null ? 0 : 1;
            best += reading.Speaker == 0 ? 1 : 0;
        }

        var state = speaking == 0 ? CapabilityState.Away : best < languages ? CapabilityState.Degraded : CapabilityState.Ok;
        capabilities.Report(Name, state, state == CapabilityState.Ok ? null : string.Join("; ", reasons.Distinct()));
        return state;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; ;)
        {
            var state = await ReadAsync(stoppingToken);
            failures = state == CapabilityState.Ok ? 0 : Math.Min(failures + 1, PausesWhenAway.Length);
            var pause = failures == 0 ? PauseWhenWell : TimeSpan.FromSeconds(PausesWhenAway[failures - 1]);
            await Task.WhenAny(narrator.Trouble, Task.Delay(pause, time, stoppingToken));
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<(int? Speaker, List<string> Reasons)> ReadAsync(string language, CancellationToken ct)
    {
        var reasons = new List<string>();
        foreach (var (i, provider) in narrator.ProvidersOf(language).Index())
        {
            if (await provider.ProbeAsync(ct) is not { } reason)
            {
                return (i, reasons);
            }

            reasons.Add(reason);
        }

        return (null, reasons);
    }
}
