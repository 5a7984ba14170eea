using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Scheduling;
using Museum.TextService.Conversation;
using Museum.TextService.Language;

namespace Museum.TextService.Analytics;

/// <summary>
/// Keeps account of what visitors ask and how they like the answers, beside the answering: a visitor never waits for it, and when the store is
/// slow or away, the oldest notes are lost.
/// </summary>
internal sealed partial class AnswerLog : BackgroundService, ITurnObserver
{
    public const string MeterName = "Museum.Analytics";

    /// <summary>Longer questions are told by their beginning.</summary>
    public const int MostCharacters = 500;

    // At 100 questions a second the store may take 20 s to come back; 2,000 notes are 1 MB.
    private const int MostPending = 2_000;
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    private readonly AnalyticsStore store;
    private readonly IOptionsMonitor<AnalyticsOptions> options;
    private readonly TimeProvider time;
    private readonly ILogger<AnswerLog> logger;
    private readonly Counter<long> dropped;
    private readonly Counter<long> ratings;
    private readonly Channel<AnalyticsRow> pending;
    private readonly RecurringWork forgetting;

    public AnswerLog(
        AnalyticsStore store, IOptionsMonitor<AnalyticsOptions> options, TimeProvider time, IMeterFactory meters, WorkScheduler scheduler, ILogger<AnswerLog> logger)
    {
        (this.store, this.options, this.time, this.logger) = (store, options, time, logger);
        var meter = meters.Create(MeterName);
        dropped = meter.CreateCounter<long>("museum.analytics.dropped", "{note}", "Questions and ratings that were not kept, since the store did not keep up.");
        ratings = meter.CreateCounter<long>("museum.analytics.ratings", "{rating}", "Ratings of answers by visitors, good or bad.");
        pending = Channel.CreateBounded<AnalyticsRow>(
            new BoundedChannelOptions(MostPending) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => dropped.Add(1));
        forgetting = new RecurringWork(scheduler, "forget_questions", ForgetEvery, ForgetAsync, WorkPriority.Low);
    }

    public void Answered(AnsweredTurn turn) => pending.Writer.TryWrite(new AnalyticsRow.Answer(
        time.GetUtcNow(), Outcomes.Of(turn), turn.Question.Answer.Code(), Kept(turn.Question.Text), turn.Composer, turn.Timing.FirstTextMs, turn.About));

    public void Rated(TurnRating rating)
    {
        ratings.Add(1, new KeyValuePair<string, object?>("good", rating.Good));
        pending.Writer.TryWrite(new AnalyticsRow.Rating(time.GetUtcNow(), AnalyticsRow.KeyOf(rating.Session, rating.Turn), rating.Good, Kept(rating.Asked), rating.About));
    }

    public override void Dispose()
    {
        forgetting.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        forgetting.Start();
        var batch = new List<AnalyticsRow>();
        try
        {
            while (await pending.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < MostPending && pending.Reader.TryRead(out var row))
                {
                    batch.Add(row);
                }

                await WriteAsync(batch, stoppingToken);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task WriteAsync(List<AnalyticsRow> batch, CancellationToken ct)
    {
        try
        {
            await store.WriteAsync(batch, ct);
        }
        catch (Exception e) when (e is DependencyException or DbException or IOException or UnauthorizedAccessException)
        {
            dropped.Add(batch.Count);
            LogLost(logger, e, batch.Count);
        }
    }

    /// <summary>By the clock, not with what is written: a promised end comes also where nobody asks any more.</summary>
    private async Task ForgetAsync(CancellationToken ct)
    {
        var keep = options.CurrentValue;
        await store.ForgetAsync(time.GetUtcNow() - TimeSpan.FromDays(keep.KeepDays), ct);
        if (!keep.KeepWords)
        {
            await store.ForgetWordsAsync(ct);
        }
    }

    private string? Kept(string words) => !options.CurrentValue.KeepWords ? null
        : words.Length <= MostCharacters ? words
        // Never through the middle of a character: half of one is no text.
        : words[..(char.IsHighSurrogate(words[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)];

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} notes on questions and ratings could not be kept")]
    private static partial void LogLost(ILogger logger, Exception exception, int count);
}
