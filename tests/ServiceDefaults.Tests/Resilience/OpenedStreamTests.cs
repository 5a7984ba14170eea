using System.Runtime.CompilerServices;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Museum.TestKit;
using Polly.Timeout;

namespace Museum.ServiceDefaults.Tests.Resilience;

public sealed class OpenedStreamTests
{
    private static readonly DependencyException Broken = new("broken", "It broke.");
    private readonly LlmPipeline llm = new(new ManualTime(realTimers: true), ("BreakerThroughput", "100"));
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int starts;

    [Fact]
    public async Task A_stream_that_fails_before_its_first_element_is_begun_anew()
    {
        await using var stream = await OpenAsync(ct => StreamAsync(ct, failsBefore: starts < 3 ? 0 : null));
        Assert.Equal([0, 1, 2], await stream.ToListAsync());
        Assert.Equal(3, starts);
    }

    [Fact]
    public async Task A_stream_that_breaks_after_its_first_element_is_not()
    {
        var stream = await OpenAsync(ct => StreamAsync(ct, failsBefore: 1));
        var heard = new List<int>();
        await Assert.ThrowsAsync<DependencyException>(async () =>
        {
            await foreach (var element in stream)
            {
                heard.Add(element);
            }
        });
        Assert.Equal(1, starts);
        Assert.Equal([0], heard);
        await closed.Task.SoonAsync();
    }

    [Fact]
    public async Task The_attempts_time_out_ends_with_the_first_element()
    {
        var time = new ManualTime();
        using var timed = new LlmPipeline(time, ("Retries", "0"), ("Timeout", "00:00:01"));
        var goesOn = new TaskCompletionSource();
        await using var stream = await timed.Pipeline.OpenStreamAsync(ct => StreamAsync(ct, pauseAfterFirst: goesOn.Task), turn: null, default).SoonAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        goesOn.SetResult();
        Assert.Equal([0, 1, 2], await stream.ToListAsync());
    }

    [Fact]
    public async Task A_stream_that_does_not_begin_in_time_is_closed()
    {
        llm.Change("Retries", "0");
        llm.Change("Timeout", "00:00:00.020");
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => OpenAsync(ct => StreamAsync(ct, hangsBefore: 0)));
        await closed.Task.SoonAsync();
    }

    [Fact]
    public async Task Whoever_gives_a_stream_up_closes_it()
    {
        using var gone = new CancellationTokenSource();
        var stream = await OpenAsync(ct => StreamAsync(ct, hangsBefore: 1), gone.Token);
        var reading = stream.ToListAsync().AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.SoonAsync());
        await closed.Task.SoonAsync();
    }

    [Fact]
    public async Task A_stream_that_nobody_reads_is_closed_with_it()
    {
        await using (await OpenAsync(ct => StreamAsync(ct)))
        {
        }

        await closed.Task.SoonAsync();
    }

    [Fact]
    public async Task A_stream_without_elements_is_opened_too()
    {
        await using var stream = await OpenAsync(_ => AsyncEnumerable.Empty<int>());
        Assert.True(stream.IsEmpty);
        Assert.Empty(await stream.ToListAsync());
    }

    private Task<OpenedStream<int>> OpenAsync(Func<CancellationToken, IAsyncEnumerable<int>> start, CancellationToken ct = default) =>
        llm.Pipeline.OpenStreamAsync(
            token =>
            {
                starts++;
                return start(token);
            },
            turn: null,
            ct).SoonAsync();

    private async IAsyncEnumerable<int> StreamAsync(
        [EnumeratorCancellation] CancellationToken ct, int? failsBefore = null, int? hangsBefore = null, Task? pauseAfterFirst = null)
    {
        try
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.Delay(i == hangsBefore ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, ct);
                await (i == 1 && pauseAfterFirst is not null ? pauseAfterFirst.WaitAsync(ct) : Task.CompletedTask);
                yield return i == failsBefore ? throw Broken : i;
            }
        }
        finally
        {
            closed.TrySetResult();
        }
    }
}
