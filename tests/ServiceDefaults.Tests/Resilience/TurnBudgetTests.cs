using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Resilience;

public sealed class TurnBudgetTests
{
    private readonly ManualTime time = new(realTimers: true);
    private readonly LlmPipeline llm;
    private int calls;

    public TurnBudgetTests() => llm = new(time, ("BreakerThroughput", "100"));

    [Fact]
    public async Task Inside_a_turn_a_call_is_tried_once_more_and_no_other_call_of_the_turn_is()
    {
        var turn = new TurnBudget(TimeSpan.FromSeconds(30), time);
        await FailAsync(turn);
        Assert.Equal(2, calls);
        await FailAsync(turn);
        Assert.Equal(3, calls);

        await FailAsync(new TurnBudget(TimeSpan.FromSeconds(30), time));
        Assert.Equal(5, calls);
    }

    [Fact]
    public async Task Of_calls_that_fail_at_the_same_time_one_is_tried_again()
    {
        var turn = new TurnBudget(TimeSpan.FromSeconds(30), time);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => FailAsync(turn))));
        Assert.Equal(21, calls);
    }

    [Fact]
    public async Task After_the_turns_deadline_nothing_is_tried_again()
    {
        var turn = new TurnBudget(TimeSpan.FromSeconds(30), time);
        await Assert.ThrowsAsync<DependencyException>(() => turn.RunAsync<int>(
            llm.Pipeline,
            _ =>
            {
                calls++;
                time.Advance(TimeSpan.FromSeconds(31));
                throw new DependencyException("x", "x");
            },
            default));
        Assert.Equal((1, TimeSpan.Zero), (calls, turn.Left));
    }

    [Fact]
    public async Task The_turns_deadline_ends_a_call_whatever_the_calls_own_is()
    {
        var turn = new TurnBudget(TimeSpan.FromMilliseconds(20), time);
        var late = await Assert.ThrowsAsync<NetworkException>(() => turn.RunAsync(llm.Pipeline, Never, default).SoonAsync());
        Assert.Equal("turn_deadline_exceeded", late.Code);
    }

    [Fact]
    public async Task A_turn_that_is_given_up_is_given_up_and_not_late()
    {
        using var given = new CancellationTokenSource();
        var call = new TurnBudget(TimeSpan.FromSeconds(30), time).RunAsync(llm.Pipeline, Never, given.Token);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.SoonAsync());
    }

    private static async Task<int> Never(CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        return 0;
    }

    private async Task FailAsync(TurnBudget turn) => await Assert.ThrowsAsync<DependencyException>(() => turn.RunAsync<int>(
        llm.Pipeline,
        _ =>
        {
            Interlocked.Increment(ref calls);
            throw new DependencyException("x", "x");
        },
        default));
}
