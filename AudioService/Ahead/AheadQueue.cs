using Microsoft.Extensions.Options;
using Museum.AudioService.Remote;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Caching;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Ahead;

/// <summary>The sentences that are still to be said ahead, the likeliest first, and one step further through them. For one caller at a time.</summary>
internal sealed partial class AheadQueue(
    Sayings sayings, Narrator narrator, AheadProgress progress, Func<bool> isBusy, IOptionsMonitor<CacheOptions> cache, TimeProvider time, ILogger<AheadQueue> logger)
{
    // A sentence of a call is made in less, and its visitor listens for seconds.
    public static readonly TimeSpan WhenBusy = TimeSpan.FromMilliseconds(500);

    // An event may be lost with its broker; asking costs a few bytes while nothing has changed.
    private static readonly TimeSpan WhenDone = TimeSpan.FromSeconds(60);

    private readonly Queue<Utterance> ahead = [];

    /// <summary>When to come again, after a failure soon and then ever later.</summary>
    public ProbeSchedule Retry { get; } = new(WhenDone);

    public bool IsEmpty => ahead.Count == 0;

    /// <param name="settings">Of this moment.</param>
    /// <param name="anew">Also when the content is the same: the voices may be others.</param>
    /// <param name="ct">Ends it.</param>
    public async Task PlanAsync(AheadOptions settings, bool anew, CancellationToken ct)
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

    /// <summary>Says the next that is not there yet.</summary>
    /// <returns>The pause before the one after it.</returns>
    public async Task<TimeSpan> NextAsync(AheadOptions settings, CancellationToken ct)
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
            return await SpeakAsync(next, ct) ? time.GetElapsedTime(started) * ((1 / settings.Share) - 1) : Retry.Away();
        }

        return progress.Reading.State is "working" or "paused" ? End("done") : Retry.Well();
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

        Retry.Well();
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
        return Retry.Well();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Speech ahead is {State}: {Ready} of {Sentences} sentences of content version {Version} are in the cache, {Minutes:0} minutes, {Megabytes} MB")]
    private partial void LogEnd(string state, int ready, int sentences, string version, double minutes, long megabytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sentence could not be spoken ahead: {Code}")]
    private partial void LogNotMade(string code);
}
