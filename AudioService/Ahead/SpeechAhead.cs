using Grpc.Core;
using Microsoft.Extensions.Options;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Scheduling;
using Polly;

namespace Museum.AudioService.Ahead;

/// <summary>
/// Says what the guide will probably say before it says it:
/// <code>
/// 1 TextService tells the sentences of the content's version      at the start, when the content changes, every minute
/// 2 what the cache holds is counted and passed over               so a restart makes nothing again
/// 3 one sentence into the cache, then a pause                     the scheduler's low channel, while nobody is spoken to or listened to
/// 4 until all are there, or the budget is used up
/// </code>
/// </summary>
internal sealed partial class SpeechAhead(
    AheadQueue ahead, AheadProgress progress, WorkScheduler scheduler,
    IOptionsMonitor<AheadOptions> options, IOptionsMonitor<TtsOptions> voices, IOptionsMonitor<CacheOptions> cache, TimeProvider time, ILogger<SpeechAhead> logger) : BackgroundService, IReleasesMemory
{
    // Until a setting changes.
    private static readonly TimeSpan WhenOff = TimeSpan.FromSeconds(60);

    // The guard asks again after 30 s while memory stays short.
    private static readonly TimeSpan WhenMemoryIsShort = TimeSpan.FromSeconds(60);

    private readonly Nudge changed = new(time);
    private bool mayHaveChanged = true;
    private long shortUntil;

    string IReleasesMemory.Name => "speech_ahead";

    int IReleasesMemory.Order => ReleaseOrder.Caches;

    /// <summary>The content or the settings may have changed.</summary>
    public void LookSoon()
    {
        Volatile.Write(ref mayHaveChanged, true);
        changed.Give();
    }

    /// <summary>It has nothing to give up, but makes nothing more for a while.</summary>
    long IReleasesMemory.Release()
    {
        Volatile.Write(ref shortUntil, (time.GetUtcNow() + WhenMemoryIsShort).UtcTicks);
        return 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var following = options.OnChange(_ => LookSoon());
        // Another voice, other sounds.
        using var listening = voices.OnChange(_ => LookSoon());
        while (!stoppingToken.IsCancellationRequested)
        {
            await changed.WaitAsync(await RunAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task<TimeSpan> RunAsync(CancellationToken ct)
    {
        var pause = AheadQueue.WhenBusy;
        return scheduler.TrySchedule("speak_ahead", async token => pause = await StepAsync(token), out var ticket, WorkPriority.Low, cancellationToken: ct)
            && await ticket.Completion == WorkOutcome.Failed ? ahead.Retry.Away() : pause;
    }

    /// <returns>The pause before the next step.</returns>
    private async Task<TimeSpan> StepAsync(CancellationToken ct)
    {
        var settings = options.CurrentValue;
        if (!settings.Enabled || !cache.Get(KeptSound.Kind.Name).Enabled)
        {
            progress.State("off");
            return WhenOff;
        }

        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref shortUntil))
        {
            progress.State("paused");
            return AheadQueue.WhenBusy;
        }

        try
        {
            var anew = Interlocked.Exchange(ref mayHaveChanged, false);
            if (anew || ahead.IsEmpty)
            {
                await ahead.PlanAsync(settings, anew, ct);
            }

            return await ahead.NextAsync(settings, ct);
        }
        catch (Exception e) when (e is RpcException or ExecutionRejectedException && !ct.IsCancellationRequested)
        {
            Volatile.Write(ref mayHaveChanged, true);
            LogAway(ErrorInfo.Of(e).Code);
            return ahead.Retry.Away();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The content's sentences cannot be had at the moment: {Reason}")]
    private partial void LogAway(string reason);
}
