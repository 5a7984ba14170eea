using Grpc.Core;
using Museum.AudioService.PocketSphinx;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Scheduling;
using Museum.Text.V1;
using Polly;

namespace Museum.AudioService.Vocabulary;

/// <summary>
/// Keeps the recogniser in step with the content: the model on disk at once, then TextService's words, and again when the content has
/// changed. Nothing waits for it; while TextService is away, what was known stays in use.
/// </summary>
internal sealed partial class VocabularyKeeper(
    Guide.GuideClient guide, Pipelines pipelines, SphinxModelStore store, SphinxDecoders decoders, TimeProvider time, ILogger<VocabularyKeeper> logger) : BackgroundService
{
    /// <summary>
    /// Name of the pipeline for what is learned from TextService behind the visitors: megabytes, which may take long. Not theirs, whose
    /// breaker it would open.
    /// </summary>
    public const string Pipeline = "textservice_content";

    public const string Language = "en";

    // An event may be lost with its broker; asking costs a few bytes while nothing has changed.
    private static readonly TimeSpan PauseWhenWell = TimeSpan.FromSeconds(60);

    private readonly Nudge changed = new(time);
    private string version = "";

    /// <summary>The content may have changed.</summary>
    public void AskSoon() => changed.Give();

    /// <summary>One question to TextService, and a new model if it has new words. False: TextService or the engine was away.</summary>
    public async Task<bool> RefreshAsync(CancellationToken ct)
    {
        try
        {
            var question = new VocabularyRequest { Language = Language, KnownVersion = version };
            var answer = await pipelines.Of(Pipeline).ExecuteAsync(async attempt => await guide.VocabularyAsync(question, cancellationToken: attempt), ct);
            if (answer.ContentVersion == version)
            {
                return true;
            }

            var words = MuseumWords.Of(answer);
            if (words.Sentences.Count == 0 && words.Titles.Count == 0)
            {
                // It has not read its content yet.
                return false;
            }

            await UseAsync(words.Version, () => store.Make(words), ct);
            return true;
        }
        catch (Exception e) when (e is RpcException or ExecutionRejectedException)
        {
            LogAway(ErrorInfo.Of(e).Code);
            return false;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(e);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UseNewestAsync(stoppingToken);
        var schedule = new ProbeSchedule(PauseWhenWell);
        while (!stoppingToken.IsCancellationRequested)
        {
            await changed.WaitAsync(await RefreshAsync(stoppingToken) ? schedule.Well() : schedule.Away(), stoppingToken);
        }
    }

    private async Task UseNewestAsync(CancellationToken ct)
    {
        try
        {
            if (SphinxLibrary.Missing() is null && store.Newest() is var (known, model))
            {
                await UseAsync(known, () => (model, []), ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(e);
        }
    }

    private async Task UseAsync(string newVersion, Func<(SphinxModel Model, IReadOnlyList<string> Mute)> make, CancellationToken ct)
    {
        SphinxLibrary.Quieten();
        var started = time.GetTimestamp();
        // Long work: on a thread of its own, not at the cost of requests.
        var (model, mute) = await Task.Factory.StartNew(make, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await decoders.UseAsync(model, ct);
        version = newVersion;
        LogLearned(version, mute.Count, time.GetElapsedTime(started).TotalMilliseconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The recogniser knows the words of content version {Version}, all but {Mute}, after {Milliseconds:0} ms")]
    private partial void LogLearned(string version, int mute, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No model could be made of the museum's words; the one before it stays in use")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The museum's words cannot be had at the moment: {Reason}")]
    private partial void LogAway(string reason);
}
