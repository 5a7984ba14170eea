using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.TestKit;
using Polly.CircuitBreaker;

namespace Museum.ServiceDefaults.Tests.Resilience;

public sealed class PipelineSettingsTests
{
    private readonly LlmPipeline llm = new(new ManualTime(realTimers: true));
    private int calls;

    [Theory]
    [InlineData("Timeout", "00:00:00", "Resilience:llm:Timeout is '00:00:00'; it must lie between 00:00:00.0100000 and 00:10:00.")]
    [InlineData("Retries", "4", "Resilience:llm:Retries is '4'; it must lie between 0 and 3.")]
    [InlineData("BreakerThroughput", "1", "Resilience:llm:BreakerThroughput is '1'; it must lie between 2 and 10000.")]
    [InlineData("BreakFor", "00:20:00", "Resilience:llm:BreakFor is '00:20:00'; it must lie between 00:00:00.5000000 and 00:10:00.")]
    public void A_setting_out_of_its_range_is_refused_at_the_start_with_key_value_and_range(string key, string value, string message)
    {
        using var wrong = new LlmPipeline(new ManualTime(realTimers: true), (key, value));
        Assert.Contains(message, Assert.Throws<OptionsValidationException>(wrong.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_setting_takes_effect_with_the_next_call()
    {
        llm.Start();
        llm.Change("BreakerThroughput", "100");
        await FailAsync();
        Assert.Equal(4, calls);
        llm.Change("Retries", "1");
        await FailAsync();
        Assert.Equal(6, calls);
    }

    [Fact]
    public async Task A_change_that_makes_no_sense_leaves_what_runs_as_it_is()
    {
        llm.Change("Retries", "1");
        await FailAsync();
        llm.Change("Retries", "many");
        llm.Change("Retries", "-1");
        await FailAsync();
        Assert.Equal(4, calls);
    }

    [Fact]
    public async Task A_call_under_way_finishes_where_it_began()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = llm.Pipeline.ExecuteAsync(async _ =>
        {
            await goOn.Task;
            return "done";
        });
        llm.Change("Timeout", "00:00:00.010");
        goOn.SetResult();
        Assert.Equal("done", await call.AsTask().SoonAsync());
    }

    [Fact]
    public async Task A_breaker_shows_its_state_and_can_be_closed_by_who_knows_better()
    {
        var changes = new List<CircuitState>();
        llm.Breaker.Changed += () => changes.Add(llm.Breaker.State);
        Assert.Equal(CircuitState.Closed, llm.Breaker.State);
        await FailAsync();
        Assert.True(llm.Breaker.IsOpen);

        await llm.Breaker.CloseAsync(default);
        await llm.Pipeline.ExecuteAsync(_ => ValueTask.CompletedTask);
        Assert.Equal([CircuitState.Open, CircuitState.Closed], changes);
    }

    [Fact]
    public async Task A_breaker_tells_since_when_calls_do_not_go_through_however_often_one_is_tried()
    {
        var time = new ManualTime(realTimers: true);
        using var away = new LlmPipeline(time, ("Retries", "0"), ("BreakerThroughput", "2"), ("BreakFor", "00:00:01"));
        Assert.Equal(time.GetUtcNow(), away.Breaker.Since);
        time.Advance(TimeSpan.FromMinutes(1));
        await FailAsync(away);
        await FailAsync(away);
        var opened = time.GetUtcNow();
        Assert.Equal((CircuitState.Open, opened), (away.Breaker.State, away.Breaker.Since));

        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await FailAsync(away);
        }

        Assert.Equal((CircuitState.Open, opened), (away.Breaker.State, away.Breaker.Since));
        time.Advance(TimeSpan.FromSeconds(2));
        await away.Pipeline.ExecuteAsync(_ => ValueTask.CompletedTask);
        Assert.Equal((CircuitState.Closed, time.GetUtcNow()), (away.Breaker.State, away.Breaker.Since));
    }

    [Fact]
    public async Task An_open_breaker_that_new_settings_replace_says_that_it_is_closed()
    {
        await FailAsync();
        Assert.True(llm.Breaker.IsOpen);
        var told = new List<CircuitState>();
        llm.Breaker.Changed += () => told.Add(llm.Breaker.State);

        llm.Change("BreakFor", "00:00:30");
        await llm.Pipeline.ExecuteAsync(_ => ValueTask.CompletedTask);

        Assert.Equal([CircuitState.Closed], told);
    }

    private Task FailAsync() => FailAsync(llm);

    private async Task FailAsync(LlmPipeline pipeline) => await Assert.ThrowsAnyAsync<Exception>(() => pipeline.Pipeline.ExecuteAsync(ValueTask (_) =>
    {
        calls++;
        throw new DependencyException("x", "x");
    }).AsTask().SoonAsync());
}
