using Grpc.Core;
using Museum.ServiceDefaults.Errors;
using Museum.TestKit;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Museum.ServiceDefaults.Tests.Resilience;

public sealed class PipelineTests
{
    private readonly ManualTime time = new(realTimers: true);
    private int calls;

    public static TheoryData<Exception> Lasting => new(
        new ClientException("x", "x"),
        new ServerException("x", "x"),
        new ResourceException("x", "x"),
        new DependencyException("x", "x") { Refused = true },
        new InvalidOperationException(),
        new RpcException(new Status(StatusCode.InvalidArgument, "")),
        new RpcException(new Status(StatusCode.Cancelled, "")),
        new OperationCanceledException());

    public static TheoryData<Exception> Passing => new(
        new DependencyException("x", "x"),
        new NetworkException("x", "x"),
        new HttpRequestException(),
        new TaskCanceledException("", new TimeoutException()),
        new RpcException(new Status(StatusCode.Unavailable, "")));

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_may_pass_is_tried_three_times_more(Exception passing)
    {
        await Assert.ThrowsAsync(passing.GetType(), () => FailAsync(Pipeline(("BreakerThroughput", "100")), passing));
        Assert.Equal(4, calls);
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public async Task What_stays_wrong_is_not_tried_again(Exception lasting)
    {
        await Assert.ThrowsAsync(lasting.GetType(), () => FailAsync(Pipeline(), lasting));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Those_who_ask_first_at_once_get_one_pipeline_and_its_breaker_can_be_read()
    {
        for (var i = 0; i < 20; i++)
        {
            using var fresh = new LlmPipeline(time);
            var pipelines = fresh.Pipelines;
            var seen = new ResiliencePipeline[4];
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, n => seen[n] = pipelines.Of("llm"));
            Assert.Single(seen.Distinct());
            Assert.Equal(CircuitState.Closed, fresh.Breaker.State);
        }
    }

    [Fact]
    public async Task A_retry_that_succeeds_is_a_success()
    {
        var answer = await Pipeline().ExecuteAsync(_ => ++calls < 3 ? throw new DependencyException("x", "x") : ValueTask.FromResult("there"));
        Assert.Equal(("there", 3), (answer, calls));
    }

    [Fact]
    public async Task Without_retries_a_call_is_made_once()
    {
        await Assert.ThrowsAsync<DependencyException>(() => FailAsync(Pipeline(("Retries", "0")), new DependencyException("x", "x")));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task An_open_circuit_refuses_at_once_and_closes_again_when_a_trial_succeeds()
    {
        var pipeline = Pipeline(("Retries", "0"), ("BreakerThroughput", "2"));
        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<DependencyException>(() => FailAsync(pipeline, new DependencyException("x", "x")));
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(() => FailAsync(pipeline, new DependencyException("x", "x")));
        Assert.Equal(2, calls);

        time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<DependencyException>(() => FailAsync(pipeline, new DependencyException("x", "x")));
        await Assert.ThrowsAsync<BrokenCircuitException>(() => FailAsync(pipeline, new DependencyException("x", "x")));
        Assert.Equal(3, calls);

        time.Advance(TimeSpan.FromSeconds(6));
        await pipeline.ExecuteAsync(_ => ValueTask.CompletedTask);
        await pipeline.ExecuteAsync(_ => ValueTask.CompletedTask);
    }

    [Fact]
    public async Task An_open_circuit_is_not_waited_for()
    {
        var stepped = new SteppedTime();
        using var llm = new LlmPipeline(stepped, ("BreakerThroughput", "2"), ("FirstDelay", "00:00:00.100"));
        var call = FailAsync(llm.Pipeline, new DependencyException("x", "x"));
        var delays = 0;
        while (!call.IsCompleted)
        {
            var timer = await Task.WhenAny(stepped.NextAsync(), call) as Task<PendingTimer>;
            delays += timer?.Result.Fire(below: TimeSpan.FromSeconds(1)) == true ? 1 : 0;
        }

        await Assert.ThrowsAsync<BrokenCircuitException>(() => call);
        Assert.Equal(2, delays);
    }

    [Fact]
    public async Task Mistakes_of_the_caller_do_not_open_the_circuit()
    {
        var pipeline = Pipeline(("BreakerThroughput", "2"));
        for (var i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<ClientException>(() => FailAsync(pipeline, new ClientException("x", "x")));
        }
    }

    [Fact]
    public async Task Each_attempt_has_its_own_time_out()
    {
        var pipeline = Pipeline(("Timeout", "00:00:00.020"), ("Retries", "1"));
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => pipeline.ExecuteAsync(async token =>
        {
            calls++;
            await Task.Delay(Timeout.Infinite, token);
        }).AsTask().SoonAsync());
        Assert.Equal(2, calls);
    }

    [Fact]
    public void A_dependency_has_one_pipeline_and_another_its_own()
    {
        using var llm = new LlmPipeline(time);
        Assert.Same(llm.Pipelines.Of("llm"), llm.Pipelines.Of("llm"));
        Assert.NotSame(llm.Pipelines.Of("llm"), llm.Pipelines.Of("srs"));
    }

    [Fact]
    public void A_name_that_nobody_registered_is_a_mistake_that_is_named()
    {
        using var llm = new LlmPipeline(time);
        Assert.Contains("\"lmm\"", Assert.Throws<InvalidOperationException>(() => llm.Pipelines.Of("lmm")).Message, StringComparison.Ordinal);
    }

    private Task FailAsync(ResiliencePipeline pipeline, Exception exception) => pipeline.ExecuteAsync(ValueTask (_) =>
    {
        calls++;
        throw exception;
    }).AsTask();

    private ResiliencePipeline Pipeline(params (string Key, string Value)[] settings) => new LlmPipeline(time, settings).Pipeline;
}
