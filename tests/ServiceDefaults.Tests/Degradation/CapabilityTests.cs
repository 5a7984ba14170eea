using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Health;
using Museum.TestKit;

namespace Museum.ServiceDefaults.Tests.Degradation;

public sealed class CapabilityTests : IAsyncLifetime
{
    private static readonly DependencyException Gone = new("gone", "It is gone.");
    private readonly Guide guide = new();

    public async Task InitializeAsync()
    {
        await guide.StartAsync();
        await guide.StateAsync(CapabilityState.Ok);
    }

    public async Task DisposeAsync() => await guide.DisposeAsync();

    [Fact]
    public async Task The_best_provider_is_used_while_it_is_up() => Assert.Equal("best", await guide.AskAsync());

    [Fact]
    public async Task A_call_that_fails_is_made_by_the_next_and_the_capability_is_degraded_from_then_on()
    {
        Fail(Gone);
        Assert.Equal("second", await guide.AskAsync());
        Assert.Equal((CapabilityState.Degraded, "best: It is gone."), (guide.Reading!.State, guide.Reading.Reason));
        Assert.Equal("second", await guide.AskAsync());
        Assert.Equal(1, guide.Best.Calls);
    }

    [Fact]
    public async Task A_mistake_of_the_caller_is_told_to_the_caller_and_is_no_providers_fault()
    {
        Fail(new ClientException("nothing_to_say", "x"));
        await Assert.ThrowsAsync<ClientException>(() => guide.AskAsync());
        Assert.Equal(0, guide.Second.Calls);
        Heal();
        Assert.Equal("best", await guide.AskAsync());
    }

    [Fact]
    public async Task One_that_is_full_sends_to_the_next_and_is_not_taken_for_broken()
    {
        Fail(new ResourceException("tts_busy", "x"));
        Assert.Equal("second", await guide.AskAsync());
        Heal();
        Assert.Equal("best", await guide.AskAsync());
    }

    [Fact]
    public async Task A_defect_is_logged_with_its_stack_and_the_visitor_is_answered_by_the_next()
    {
        Fail(new InvalidOperationException("a bug"));
        Assert.Equal("second", await guide.AskAsync());
        Assert.Contains(guide.Logs.Lines, l => l.Contains(" Error ", StringComparison.Ordinal) && l.Contains(nameof(Speaker.SayAsync), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_gives_up_is_not_answered_by_somebody_else()
    {
        using var gone = new CancellationTokenSource();
        guide.Best.OnCall = ct => Task.Delay(Timeout.Infinite, ct);
        var asked = guide.AskAsync(gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Equal(0, guide.Second.Calls);
    }

    [Fact]
    public async Task With_nobody_up_the_capability_is_away_and_says_why_and_when_to_come_back()
    {
        guide.Best.OnProbe = _ => new("no engine");
        guide.Second.OnProbe = _ => new("no licence");
        await guide.NextLookAsync();
        await guide.StateAsync(CapabilityState.Away);
        Assert.Equal("no engine; no licence", guide.Reading!.Reason);
        var away = await Assert.ThrowsAsync<DependencyException>(() => guide.AskAsync());
        Assert.Equal(("voice_away", 503), (away.Code, ErrorInfo.Of(away).HttpStatus));
        Assert.NotNull(ErrorInfo.Of(away).ComeBackIn);
        Assert.Equal(0, guide.Best.Calls + guide.Second.Calls);
    }

    [Fact]
    public async Task When_all_fail_the_last_failure_is_told()
    {
        Fail(new InvalidOperationException());
        guide.Second.OnCall = _ => throw Gone;
        Assert.Same(Gone, await Assert.ThrowsAsync<DependencyException>(() => guide.AskAsync()));
    }

    [Fact]
    public async Task The_only_provider_is_probed_at_once_and_not_given_up_for_one_failed_call()
    {
        Fail(Gone);
        await guide.NextLookAsync();
        await Assert.ThrowsAsync<DependencyException>(guide.AskOnlyBestAsync);
        Heal();
        Assert.Equal("best", await guide.AskOnlyBestAsync());
        await guide.LookAfterAsync(0.5);
    }

    [Fact]
    public async Task A_call_under_way_finishes_where_it_began()
    {
        var (began, goOn) = (NewSignal(), NewSignal());
        guide.Best.OnCall = async _ =>
        {
            began.TrySetResult();
            await goOn.Task;
        };
        var underWay = guide.AskAsync();
        await began.Task.SoonAsync();
        Fail(Gone);
        Assert.Equal("second", await guide.AskAsync());
        goOn.SetResult();
        Assert.Equal("best", await underWay);
    }

    [Fact]
    public async Task Many_callers_are_all_answered_while_it_switches_down_and_back_up()
    {
        for (var round = 0; round < 5; round++)
        {
            Fail(Gone);
            await CrowdAsync();
            Assert.Equal(CapabilityState.Degraded, guide.Reading!.State);

            Heal();
            while (guide.Reading.State != CapabilityState.Ok)
            {
                await Task.WhenAll(guide.NextLookAsync(), CrowdAsync());
            }
        }

        Assert.Equal("best", await guide.AskAsync());

        async Task CrowdAsync()
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => guide.AskAsync())));
            Assert.All(answers, a => Assert.True(a is "best" or "second"));
        }
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_element_comes_from_the_next()
    {
        var (provider, stream) = await guide.Voice.OpenStreamAsync((s, _) => SpeakAsync(s, breaksAt: s.Name == "best" ? 0 : null), default).SoonAsync();
        Assert.Equal(["second", "second"], await stream.ToListAsync());
        Assert.Equal("second", provider.Name);
    }

    [Fact]
    public async Task A_stream_that_breaks_after_its_first_element_stays_where_it_is()
    {
        var (provider, stream) = await guide.Voice.OpenStreamAsync((s, _) => SpeakAsync(s, breaksAt: 1), default).SoonAsync();
        Assert.Equal("best", provider.Name);
        await Assert.ThrowsAsync<DependencyException>(async () => await stream.ToListAsync());
    }

    private static async IAsyncEnumerable<string> SpeakAsync(Speaker speaker, int? breaksAt)
    {
        for (var i = 0; i < 2; i++)
        {
            await Task.Yield();
            yield return i == breaksAt ? throw Gone : speaker.Name;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Fail(Exception with) => guide.Best.OnCall = _ => throw with;

    private void Heal() => guide.Best.OnCall = _ => Task.CompletedTask;
}
