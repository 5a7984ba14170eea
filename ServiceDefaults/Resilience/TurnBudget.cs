using Museum.ServiceDefaults.Errors;
using Polly;

namespace Museum.ServiceDefaults.Resilience;

/// <summary>
/// What one turn may cost: one absolute deadline for all its calls, and a single retry, whichever call needs it first. A visitor rather
/// hears a lesser answer soon than the best one late.
/// </summary>
public sealed class TurnBudget(TimeSpan lasts, TimeProvider time)
{
    private static readonly ResiliencePropertyKey<TurnBudget> Key = new("museum.turn");
    private readonly long startedAt = time.GetTimestamp();
    private int retries = 1;

    /// <summary>Zero when the deadline has passed.</summary>
    public TimeSpan Left => lasts - time.GetElapsedTime(startedAt) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Makes a call of this turn through a dependency's pipeline.</summary>
    /// <exception cref="NetworkException"><c>turn_deadline_exceeded</c>.</exception>
    public async Task<T> RunAsync<T>(ResiliencePipeline pipeline, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Left, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var context = ResilienceContextPool.Shared.Get(both.Token);
        context.Properties.Set(Key, this);
        try
        {
            return await pipeline.ExecuteAsync(static async (context, call) => await call(context.CancellationToken), context, call);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new NetworkException("turn_deadline_exceeded", "The answer took too long.", e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Outside of a turn always.</summary>
    internal static bool MayRetry(ResilienceContext context) => !context.Properties.TryGetValue(Key, out var budget) || budget.TakeRetry();

    private bool TakeRetry() => Left > TimeSpan.Zero && Interlocked.Exchange(ref retries, 0) == 1;
}
