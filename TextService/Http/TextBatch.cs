using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;

namespace Museum.TextService.Http;

/// <summary>Answers many questions beside each other: a fault of one is that one's own.</summary>
internal sealed partial class TextBatch(TurnRunner runner, IOptionsMonitor<TextOptions> options, TimeProvider time, ILogger<TextBatch> logger)
{
    public const int MostItems = 100;

    /// <summary>The items as they are done, each with its place in the batch.</summary>
    public async IAsyncEnumerable<BatchItem> AnswerAsync(IReadOnlyList<ProcessRequest?> items, ClaimsPrincipal user, [EnumeratorCancellation] CancellationToken ct)
    {
        // Who reads slowly holds up the answering: nothing piles up here.
        var done = Channel.CreateBounded<BatchItem>(1);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var answering = AnswerAllAsync(items, user, done.Writer, left.Token);
        try
        {
            await foreach (var item in done.Reader.ReadAllAsync(ct))
            {
                yield return item;
            }
        }
        finally
        {
            await left.CancelAsync();
            await answering;
        }
    }

    private async Task AnswerAllAsync(IReadOnlyList<ProcessRequest?> items, ClaimsPrincipal user, ChannelWriter<BatchItem> done, CancellationToken ct)
    {
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = options.CurrentValue.Concurrency, CancellationToken = ct };
        try
        {
            await Parallel.ForAsync(0, items.Count, atOnce, async (i, token) => await done.WriteAsync(await AnswerOneAsync(i, items[i], user, token), token));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        finally
        {
            done.Complete();
        }
    }

    private async Task<BatchItem> AnswerOneAsync(int index, ProcessRequest? item, ClaimsPrincipal user, CancellationToken ct)
    {
        using var deadline = new AnswerDeadline(options.CurrentValue.Timeout, time, ct);
        try
        {
            var session = Sessions.Of(user, item?.SessionId).Id;
            var turn = TextEndpoints.ToTurn(item);
            return new BatchItem(index, await deadline.RunAsync(token => ResponseFormatter.GatherAsync(runner.RunAsync(turn with { Budget = deadline.Budget }, NoFunctions.Instance, token), session, token)), null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var error = ErrorInfo.Of(e);
            if (Recovery.Of(error).IsDefect)
            {
                LogDefect(logger, e, index);
            }

            return new BatchItem(index, null, new BatchError(error.CategoryName, error.Code, error.Message, error.Retryable));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Index} of a batch ended by a defect")]
    private static partial void LogDefect(ILogger logger, Exception exception, int index);
}
