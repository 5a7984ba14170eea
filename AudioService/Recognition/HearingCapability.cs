using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Health;

namespace Museum.AudioService.Recognition;

/// <summary>
/// Watches the recognisers and reports, per language, <c>hearing.en</c>, <c>hearing.zh</c>, and <c>hearing</c> over all of them: ok with
/// its best recogniser, degraded with a lesser one or in some languages only, away when nobody listens.
/// </summary>
internal sealed class HearingCapability(Listener listener, Capabilities capabilities, TimeProvider time) : BackgroundService
{
    public const string Name = "hearing";

    private static readonly TimeSpan PauseWhenWell = TimeSpan.FromSeconds(30);

    // The languages that the guide speaks: one without any recogniser is told of, too.
    private static readonly string[] GuideLanguages = ["en", "zh"];

    /// <summary>One reading, reported.</summary>
    /// <returns>Whether everything that is configured is well.</returns>
    public async Task<bool> ReadAsync(CancellationToken ct)
    {
        var well = true;
        var readings = new List<(string Language, CapabilityState State, string? Reason)>();
        foreach (var language in listener.Languages.Union(GuideLanguages))
        {
            var (state, reason) = await ReadAsync(language, ct);
            capabilities.Report($"{Name}.{language}", state, reason);
            readings.Add((language, state, reason));
            well &= state == CapabilityState.Ok || listener.ProvidersOf(language).Count == 0;
        }

        capabilities.Report(
            Name,
            readings.TrueForAll(r => r.State == CapabilityState.Away) ? CapabilityState.Away : readings.Max(r => r.State) == CapabilityState.Ok ? CapabilityState.Ok : CapabilityState.Degraded,
            string.Join("; ", readings.Where(r => r.Reason is not null).Select(r => $"{r.Language}: {r.Reason}")) is { Length: > 0 } reasons ? reasons : null);
        return well;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var schedule = new ProbeSchedule(PauseWhenWell);
        while (true)
        {
            await Task.Delay(await ReadAsync(stoppingToken) ? schedule.Well() : schedule.Away(), time, stoppingToken);
        }
    }

    private async Task<(CapabilityState State, string? Reason)> ReadAsync(string language, CancellationToken ct)
    {
        var reasons = new List<string>();
        foreach (var (i, provider) in listener.ProvidersOf(language).Index())
        {
            if (await provider.ProbeAsync(language, ct) is not { } reason)
            {
                return (i == 0 ? CapabilityState.Ok : CapabilityState.Degraded, i == 0 ? null : string.Join("; ", reasons));
            }

            reasons.Add(reason);
        }

        return (CapabilityState.Away, reasons.Count > 0 ? string.Join("; ", reasons) : "no recogniser is configured; visitors can write");
    }
}
