using Grpc.Core;
using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Degradation;
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
    Sayings sayings, Narrator narrator, AheadProgress progress, Func<bool> isBusy, WorkScheduler scheduler,
    IOptionsMonitor<AheadOptions> options, IOptionsMonitor<TtsOptions> voices, IOptionsMonitor<CacheOptions> cache, TimeProvider time, ILogger<SpeechAhead> logger) : BackgroundService, IReleasesMemory
{
    // A sentence of a call is made in less, and its visitor listens for seconds.
    private static readonly TimeSpan WhenBusy = TimeSpan.FromMilliseconds(500);

    // An event may be lost with its broker; asking costs a few bytes while nothing has changed.
    private static readonly TimeSpan WhenDone = TimeSpan.FromSeconds(60);

    // The guard asks again after 30 s while memory stays short.
    private static readonly TimeSpan WhenMemoryIsShort = TimeSpan.FromSeconds(60);

    private readonly ProbeSchedule retry = new(WhenDone);
    private readonly Queue<Utterance> ahead = [];
    private TaskCompletionSource changed = NewSignal();
    private bool mayHaveChanged = true;
    private long shortUntil;

    string IReleasesMemory.Name => "speech_ahead";

    int IReleasesMemory.Order => ReleaseOrder.Caches;

    /// <summary>The content or the settings may have changed.</summary>
    public void LookSoon()
    {
        Volatile.Write(ref mayHaveChanged, true);
        Volatile.Read(ref changed).TrySetResult();
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
            // Made before the step, so that a change meanwhile is not missed.
            var signal = NewSignal();
            Volatile.Write(ref changed, signal);
            var pause = await RunAsync(stoppingToken);
            await Task.WhenAny(signal.Task, Task.Delay(pause, time, stoppingToken));
        }
    }

    private async Task<TimeSpan> RunAsync(CancellationToken ct)
    {
        var pause = WhenBusy;
        return scheduler.TrySchedule("speak_ahead", async token => pause = await StepAsync(token), out var ticket, WorkPriority.Low, cancellationToken: ct)
            && await ticket.Completion == WorkOutcome.Failed ? retry.Away() : pause;
    }

    /// <returns>The pause before the next step.</returns>
    private async Task<TimeSpan> StepAsync(CancellationToken ct)
    {
        var settings = options.CurrentValue;
        if (!settings.Enabled || !cache.Get(KeptSound.Kind.Name).Enabled)
        {
            progress.State("off");
            return WhenDone;
        }

        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref shortUntil))
        {
            progress.State("paused");
            return WhenBusy;
        }

        try
        {
            var anew = Interlocked.Exchange(ref mayHaveChanged, false);
            if (anew || ahead.Count == 0)
            {
                await PlanAsync(settings, anew, ct);
            }

            return await NextAsync(settings, ct);
        }
        catch (Exception e) when (e is RpcException or ExecutionRejectedException && !ct.IsCancellationRequested)
        {
            Volatile.Write(ref mayHaveChanged, true);
            LogAway(ErrorInfo.Of(e).Code);
            return retry.Away();
        }
    }

    private async Task PlanAsync(AheadOptions settings, bool anew, CancellationToken ct)
    {
        string[] languages = [.. narrator.Languages.Where(language => settings.Remote || !RemoteVoices.Names.Contains(narrator.FirstChoice(language)))];
        if (await sayings.RefreshAsync(languages, ct) || anew)
        {
            ahead.Clear();
            foreach (var utterance in sayings.InOrder().Where(u => languages.Contains(u.Language)))
            {
                ahead.Enqueue(utterance);
            }

            progress.Begin(sayings.Version, ahead.Count);
        }
    }

    private async Task<TimeSpan> NextAsync(AheadOptions settings, CancellationToken ct)
    {
        while (ahead.TryPeek(out var next))
        {
            ct.ThrowIfCancellationRequested();
            if (IsOverBudget(settings))
            {
                ahead.Clear();
                return End("over_budget");
            }

            if (await narrator.WeighAsync(next, SampleRates.Default, ct) is { } bytes)
            {
                Count("held", bytes);
                continue;
            }

            if (isBusy())
            {
                progress.State("paused");
                return WhenBusy;
            }

            progress.State("working");
            var started = time.GetTimestamp();
            return await SpeakAsync(next, ct) ? time.GetElapsedTime(started) * ((1 / settings.Share) - 1) : retry.Away();
        }

        return progress.Reading.State is "working" or "paused" ? End("done") : retry.Well();
    }

    /// <returns>False: the voice that it should be said in is away.</returns>
    private async Task<bool> SpeakAsync(Utterance utterance, CancellationToken ct)
    {
        try
        {
            var sound = await narrator.SpeakAsync(utterance, SampleRates.Default, ct, CacheEntryOptions.Shelved);
            await sound.Ended.WaitAsync(ct);
            if (sound.Whole is not { } whole || sound.Provider != narrator.FirstChoice(utterance.Language))
            {
                return false;
            }

            Count("made", whole.Bytes);
        }
        catch (ClientException)
        {
            // Nothing in it can be said.
            ahead.Dequeue();
            progress.Unspeakable();
        }
        catch (MuseumException e)
        {
            LogNotMade(e.Code);
            return false;
        }

        retry.Well();
        return true;
    }

    private void Count(string outcome, long bytes)
    {
        ahead.Dequeue();
        progress.Ready(outcome, bytes, bytes / (double)(SampleRates.Default * sizeof(short)));
    }

    private bool IsOverBudget(AheadOptions settings)
    {
        var most = Math.Min(settings.Megabytes, cache.Get(KeptSound.Kind.Name).FilesMb * 0.8) * (1 << 20);
        return progress.Reading.Bytes >= most || progress.Reading.Seconds >= settings.Hours * 3_600;
    }

    private TimeSpan End(string state)
    {
        progress.State(state);
        var (_, version, planned, ready, seconds, bytes) = progress.Reading;
        LogEnd(state, ready, planned, version, seconds / 60, bytes >> 20);
        return retry.Well();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Information, Message = "Speech ahead is {State}: {Ready} of {Sentences} sentences of content version {Version} are in the cache, {Minutes:0} minutes, {Megabytes} MB")]
    private partial void LogEnd(string state, int ready, int sentences, string version, double minutes, long megabytes);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The content's sentences cannot be had at the moment: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sentence could not be spoken ahead: {Code}")]
    private partial void LogNotMade(string code);
}
