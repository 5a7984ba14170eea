using Grpc.Core;
using Museum.AudioService.Sentences;
using Museum.AudioService.Synthesis;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Messaging;

namespace Museum.AudioService.Tests;

public sealed class SentenceGateTests
{
    private readonly SentenceGate gate = new();

    [Fact]
    public async Task An_interruption_cancels_what_is_being_made_of_its_turn_and_nothing_else()
    {
        var started = new TaskCompletionSource();
        var other = new TaskCompletionSource();
        var stopped = gate.RunAsync(Sentence("a", 3, 0), async ct => { started.SetResult(); await Task.Delay(Timeout.Infinite, ct); }, default);
        var goesOn = gate.RunAsync(Sentence("a", 4, 0), ct => other.Task.WaitAsync(ct), default);
        await started.Task.SoonAsync();
        gate.Interrupt(new TurnInterrupted { Session = "a", Epoch = 1, ThroughTurn = 3 });
        await stopped.SoonAsync();
        Assert.False(goesOn.IsCompleted);
        other.SetResult();
        await goesOn.SoonAsync();
    }

    [Fact]
    public async Task Work_that_tells_its_cancellation_as_gRPC_does_is_no_failure_either()
    {
        var started = new TaskCompletionSource();
        var stopped = gate.RunAsync(
            Sentence("a", 3, 0),
            async ct =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new RpcException(new Status(StatusCode.Cancelled, "Call canceled by the client."));
            },
            default);
        await started.Task.SoonAsync();
        gate.Interrupt(new TurnInterrupted { Session = "a", Epoch = 1, ThroughTurn = 3 });
        await stopped.SoonAsync();
    }

    [Fact]
    public async Task Interruptions_count_by_maximum_whatever_order_they_come_in()
    {
        gate.Interrupt(new TurnInterrupted { Session = "a", Epoch = 1, ThroughTurn = 5 });
        gate.Interrupt(new TurnInterrupted { Session = "a", Epoch = 1, ThroughTurn = 2 });
        Assert.Equal([(6L, 0), (7L, 0)], await DoneAsync(Sentence("a", 5, 0), Sentence("a", 6, 0), Sentence("a", 3, 1), Sentence("a", 7, 0)));
    }

    [Fact]
    public async Task A_sentence_is_worked_on_once_unless_the_work_failed()
    {
        Assert.Equal([(1L, 0), (1L, 1)], await DoneAsync(Sentence("a", 1, 0), Sentence("a", 1, 0), Sentence("a", 1, 1)));
        await Assert.ThrowsAsync<IOException>(() => gate.RunAsync(Sentence("a", 2, 0), _ => throw new IOException(), default));
        Assert.Equal([(2L, 0)], await DoneAsync(Sentence("a", 2, 0)));
        Assert.Single(await DoneAsync(Sentence("a", 1, 0) with { Epoch = 2 }));
    }

    [Fact]
    public async Task Of_the_sentences_that_wait_the_most_urgent_goes_first()
    {
        var urgency = new UrgencyGate(1);
        var order = new List<long>();
        var first = await urgency.EnterAsync(0, default);
        using var giveUp = new CancellationTokenSource();
        var abandoned = urgency.EnterAsync(1, giveUp.Token);
        var waiting = new[] { 30L, 10, 20 }.Select(EnterAsync).ToArray();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned.SoonAsync());
        first.Dispose();
        await Task.WhenAll(waiting).SoonAsync();
        Assert.Equal([10, 20, 30], order);

        async Task EnterAsync(long neededBy)
        {
            using var place = await urgency.EnterAsync(neededBy, default);
            order.Add(neededBy);
        }
    }

    [Fact]
    public void Sounds_are_kept_for_a_minute_and_no_more_of_them_than_there_is_room_for()
    {
        var time = new ManualTime(realTimers: true);
        var store = new SoundStore(time);
        var first = store.Put(new SentenceSound("x", 16_000));
        var handles = Enumerable.Range(0, 8_192).Select(_ => store.Put(new SentenceSound("x", 16_000))).ToArray();
        Assert.Null(store.Find(first));
        Assert.NotNull(store.Find(handles[0]));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(store.Find(handles[^1]));
    }

    [Fact]
    public void Under_memory_pressure_the_older_half_of_the_sounds_goes_and_one_that_is_said_again_and_again_counts_once()
    {
        var store = new SoundStore(new ManualTime(realTimers: true));
        var (often, once) = (Sound(), Sound());
        string[] handles = [store.Put(once), store.Put(often), store.Put(often), store.Put(often)];
        Assert.Equal(3_200, store.Release());
        Assert.Null(store.Find(handles[0]));
        Assert.Null(store.Find(handles[1]));
        Assert.Same(often, store.Find(handles[3])?.Sound);
        Assert.Equal(0, store.Release());
        Assert.Equal(0, store.Release());
        Assert.Same(often, store.Find(handles[3])?.Sound);

        static SentenceSound Sound() => SentenceSound.Of(new KeptSound("x", 16_000, new short[1_600], [], []));
    }

    private static SentenceComposed Sentence(string session, long turn, int sequence) => new()
    {
        Holder = "h", Epoch = 1, Session = session, Turn = turn, Sequence = sequence, Text = "t", Language = "en", NeededBy = 0,
    };

    private async Task<List<(long, int)>> DoneAsync(params SentenceComposed[] sentences)
    {
        var done = new List<(long, int)>();
        foreach (var sentence in sentences)
        {
            await gate.RunAsync(sentence, _ => { done.Add((sentence.Turn, sentence.Sequence)); return Task.CompletedTask; }, default);
        }

        return done;
    }
}
