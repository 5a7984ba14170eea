using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.TestKit;
using Polly.CircuitBreaker;

namespace Museum.ServiceDefaults.Tests.Degradation;

public sealed class ProviderTests : IAsyncLifetime
{
    private readonly Guide guide = new(bestHasPipeline: true);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await guide.DisposeAsync();

    [Fact]
    public async Task A_loader_that_fails_does_not_stop_the_start_and_is_tried_again_until_it_succeeds()
    {
        guide.Best.OnLoad = _ => throw new FileNotFoundException("model.onnx is missing");
        await guide.StartAsync();
        await guide.StateAsync(CapabilityState.Degraded);
        Assert.Contains("model.onnx is missing", guide.Reading!.Reason, StringComparison.Ordinal);
        Assert.Equal("second", await guide.AskAsync());

        await guide.NextLookAsync();
        guide.Best.OnLoad = _ => default;
        await BackAsync();
        Assert.Equal("best", await guide.AskAsync());
        Assert.Equal(3, guide.Best.Loads);
    }

    [Fact]
    public async Task While_the_best_is_still_loading_the_next_answers()
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        guide.Best.OnLoad = _ => new(loaded.Task);
        await guide.StartAsync();
        Assert.Equal("second", await guide.AskAsync());
        loaded.SetResult();
        await guide.StateAsync(CapabilityState.Ok);
        Assert.Equal("best", await guide.AskAsync());
    }

    [Fact]
    public async Task With_nobody_else_whoever_loads_is_waited_for()
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        guide.Best.OnLoad = _ => new(loaded.Task);
        await guide.StartAsync();
        var asked = guide.AskOnlyBestAsync();
        Assert.False(asked.IsCompleted);
        loaded.SetResult();
        Assert.Equal("best", await asked);
    }

    [Fact]
    public async Task One_that_is_down_is_looked_at_after_half_a_second_then_1_2_4_and_then_every_5_seconds()
    {
        guide.Best.OnProbe = _ => new("no engine");
        await guide.StartAsync();
        await guide.StateAsync(CapabilityState.Degraded);
        foreach (var seconds in new[] { 0.5, 1, 2, 4, 5, 5 })
        {
            await guide.LookAfterAsync(seconds);
        }
    }

    [Fact]
    public async Task One_that_is_well_is_looked_at_every_30_seconds()
    {
        await guide.StartAsync();
        await guide.StateAsync(CapabilityState.Ok);
        await guide.LookAfterAsync(30);
        await guide.LookAfterAsync(30);
    }

    [Fact]
    public async Task It_is_back_after_two_good_probes_in_a_row_and_not_after_one()
    {
        guide.Best.OnProbe = _ => new("no engine");
        await guide.StartAsync();
        await guide.StateAsync(CapabilityState.Degraded);
        await LookAsync(well: true);
        Assert.Equal("second", await guide.AskAsync());
        await LookAsync(well: false);
        await LookAsync(well: true);
        Assert.Equal("second", await guide.AskAsync());
        await LookAsync(well: true);
        Assert.Equal((CapabilityState.Ok, "best"), (guide.Reading!.State, await guide.AskAsync()));
    }

    [Fact]
    public async Task One_that_falls_back_soon_is_let_in_again_more_and_more_seldom()
    {
        guide.Best.OnCall = _ => throw new DependencyException("gone", "x");
        await guide.StartAsync();
        await guide.StateAsync(CapabilityState.Ok);
        foreach (var seconds in new[] { 0.5, 1, 2, 4, 5 })
        {
            Assert.Equal("second", await guide.AskAsync());
            await guide.LookAfterAsync(seconds);
            await guide.LookAfterAsync(0.5);
            Assert.Equal(CapabilityState.Ok, guide.Reading!.State);
        }
    }

    [Fact]
    public async Task A_probe_that_does_not_answer_within_2_seconds_is_an_answer()
    {
        guide.Best.OnProbe = _ => new(new TaskCompletionSource<string?>().Task);
        await guide.StartAsync();
        await Eventually.TrueAsync(() =>
        {
            guide.Clock.Advance(TimeSpan.FromSeconds(0.5));
            return guide.Reading?.State == CapabilityState.Degraded;
        });
        Assert.Equal("best does not answer.", guide.Reading!.Reason);
    }

    [Fact]
    public async Task A_probe_that_throws_for_want_of_its_service_speaks_against_it()
    {
        guide.Best.OnProbe = _ => throw new HttpRequestException("refused");
        await guide.StartAsync();
        await guide.StateAsync(CapabilityState.Degraded);
    }

    [Fact]
    public async Task A_probe_with_a_defect_is_logged_and_changes_nothing()
    {
        guide.Best.OnProbe = _ => throw new InvalidOperationException("a bug in the probe");
        await guide.StartAsync();
        await guide.StateAsync(CapabilityState.Ok);
        Assert.Contains(guide.Logs.Lines, l => l.Contains("a bug in the probe", StringComparison.Ordinal));
        Assert.Equal("best", await guide.AskAsync());
    }

    [Fact]
    public async Task An_open_breaker_takes_it_down_and_good_probes_close_the_breaker()
    {
        await guide.StartAsync();
        await guide.StateAsync(CapabilityState.Ok);
        guide.Best.OnCall = _ => throw new DependencyException("gone", "x");
        guide.Best.OnProbe = _ => new("no engine");
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<DependencyException>(guide.AskOnlyBestAsync);
        }

        Assert.Equal("second", await guide.AskAsync());

        guide.Best.OnCall = _ => Task.CompletedTask;
        guide.Best.OnProbe = _ => new((string?)null);
        await BackAsync();
        Assert.Equal((CircuitState.Closed, "best"), (guide.Breaker.State, await guide.AskAsync()));
    }

    private async Task LookAsync(bool well)
    {
        guide.Best.OnProbe = _ => new(well ? null : "no engine");
        await guide.NextLookAsync();
    }

    private async Task BackAsync()
    {
        await guide.StateAsync(CapabilityState.Degraded);
        while (guide.Reading!.State != CapabilityState.Ok)
        {
            await guide.NextLookAsync();
        }
    }
}
