using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Caching;

public sealed class SingleFlightTests : IAsyncLifetime
{
    private readonly TaskCompletionSource begun = new();
    private readonly TaskCompletionSource<string?> made = new();
    private readonly TaskCompletionSource cancelled = new();
    private CacheHost<string?> host = null!;

    public async Task InitializeAsync() => host = await CacheHost<string?>.StartAsync(Texts.Kind());

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_thousand_who_ask_at_once_cost_one_computation()
    {
        using var gun = new ManualResetEventSlim();
        var all = Enumerable.Range(0, 1_000).Select(i => Task.Run(async () =>
        {
            gun.Wait();
            return await AskAsync(CancellationToken.None);
        })).ToArray();
        gun.Set();
        await begun.Task.SoonAsync();
        made.SetResult("value");
        Assert.All(await Task.WhenAll(all).SoonAsync(), value => Assert.Equal("value", value));
        Assert.Equal(1, host.Kept.Statistics.Computations);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_others_their_computation_even_when_it_was_the_first()
    {
        using var first = new CancellationTokenSource();
        var given = AskAsync(first.Token);
        await begun.Task.SoonAsync();
        var waiting = AskAsync(CancellationToken.None);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.SoonAsync());
        made.SetResult("value");
        Assert.Equal("value", await waiting.SoonAsync());
        Assert.False(cancelled.Task.IsCompleted);
        Assert.Equal(1, host.Kept.Statistics.Computations);
    }

    [Fact]
    public async Task When_the_last_has_given_up_it_is_cancelled_and_who_comes_after_begins_anew()
    {
        using var both = new CancellationTokenSource();
        Task<string?>[] given = [AskAsync(both.Token), AskAsync(both.Token)];
        await begun.Task.SoonAsync();
        await both.CancelAsync();
        await cancelled.Task.SoonAsync();
        foreach (var one in given)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.SoonAsync());
        }

        Assert.Equal("anew", await host.GetAsync("a", "anew").AsTask().SoonAsync());
    }

    [Fact]
    public async Task Who_asks_for_something_else_does_not_wait()
    {
        var waiting = AskAsync(CancellationToken.None);
        await begun.Task.SoonAsync();
        Assert.Equal("other", await host.GetAsync("b", "other").AsTask().SoonAsync());
        made.SetResult("value");
        await waiting.SoonAsync();
    }

    private Task<string?> AskAsync(CancellationToken ct) => host.Cache.GetOrCreateAsync(
        Texts.Key("a"),
        async token =>
        {
            begun.TrySetResult();
            try
            {
                return await made.Task.WaitAsync(token);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                cancelled.SetResult();
                throw;
            }
        },
        cancellationToken: ct).AsTask();
}
