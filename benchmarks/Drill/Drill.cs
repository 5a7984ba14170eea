using Museum.Benchmarks.Visitors.Suite;

namespace Museum.Benchmarks.Drill;

/// <summary>
/// One fault after the other, under the flow:
/// <code>
/// 1 wait until everybody is served     2 strike     3 killed: wait until it is back; frozen: thaw it after eight seconds
/// 4 wait until everybody is served again            5 look back at what happened between
/// </code>
/// </summary>
internal sealed class Drill(RunningSuite suite, Flow flow, RevokedVisitor revoked, Ledger ledger)
{
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    /// <summary>A flow is steady when the code of a suite that has just started is compiled.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await UntilAsync(() => Task.FromResult(flow.EverybodyServedSince(TimeSpan.Zero) is not null), cancellationToken);
        await Task.Delay(Steady, cancellationToken);
    }

    public async Task<FaultResult> StrikeAsync(Fault fault, CancellationToken cancellationToken)
    {
        var calm = flow.Now;
        await UntilAsync(() => Task.FromResult(flow.EverybodyServedSince(calm) is not null), cancellationToken);
        await Task.Delay(Calm, cancellationToken);

        var victim = new Victim(suite, fault.Process);
        var letIn = revoked.LetIn;
        var struck = flow.Now;
        if (fault.Way == Way.Killed)
        {
            victim.Send(Signals.Kill);
            await UntilAsync(victim.IsBackAsync, cancellationToken);
        }
        else
        {
            victim.Send(Signals.Stop);
            await Task.Delay(Frozen, cancellationToken);
            victim.Send(Signals.Continue);
        }

        var back = flow.Now;
        await UntilAsync(() => Task.FromResult(flow.EverybodyServedSince(back) is not null), cancellationToken);
        var served = flow.EverybodyServedSince(back);
        await Task.Delay(Calm, cancellationToken);
        return new FaultResult(fault, flow.Since(struck), struck, back, served, revoked.LetIn - letIn, fault.Process == Fault.Broker ? await ledger.MissingAsync() : 0);
    }

    /// <summary>Or until the limit: what did not come about shows in the result.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!limit.IsCancellationRequested && !await condition())
        {
            await Task.Delay(LookEvery, cancellationToken);
        }
    }
}
