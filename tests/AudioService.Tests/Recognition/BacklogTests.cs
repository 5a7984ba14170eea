using System.Threading.Channels;
using Museum.AudioService.PocketSphinx;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sentences;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>What waits between a visitor and a decoder, and who goes first when there are more visitors than cores.</summary>
public sealed class BacklogTests
{
    private const int Second = Transcript.SampleRate;

    private readonly ManualTime time = new(realTimers: true);
    private readonly Channel<ReadOnlyMemory<short>> said = Channel.CreateBounded<ReadOnlyMemory<short>>(1_024);

    [Theory, InlineData(1), InlineData(320), InlineData(1_600), InlineData(100_000)]
    public async Task All_that_was_said_comes_out_in_order_in_pieces_of_at_most_200_ms(int chunk)
    {
        short[] speech = [.. Enumerable.Range(0, 20_000).Select(i => (short)i)];
        var pieces = new List<short[]>();
        await using var backlog = new SphinxBacklog(speech.Chunk(chunk).Select(c => (ReadOnlyMemory<short>)c).ToAsyncEnumerable(), time, default);
        do
        {
            await backlog.WaitAsync(default).AsTask().SoonAsync();
            pieces.Add(backlog.Take().ToArray());
        }
        while (!backlog.IsOver);

        Assert.Equal(speech, pieces.SelectMany(p => p));
        Assert.All(pieces, p => Assert.InRange(p.Length, 0, Second / 5));
    }

    [Fact]
    public async Task The_end_is_known_when_it_comes_however_far_the_decoder_is_behind()
    {
        await using var backlog = new SphinxBacklog(said.Reader.ReadAllAsync(), time, default);
        said.Writer.TryWrite(new short[Second]);
        await backlog.WaitAsync(default).AsTask().SoonAsync();
        Assert.False(backlog.Awaited.IsCompleted);
        said.Writer.Complete();
        Assert.Equal(time.GetUtcNow(), await backlog.Awaited.SoonAsync());
        Assert.False(backlog.IsOver);
    }

    [Fact]
    public async Task A_recording_that_comes_in_whole_is_not_urgent_before_its_last_two_seconds()
    {
        said.Writer.TryWrite(new short[10 * Second]);
        await using var backlog = new SphinxBacklog(said.Reader.ReadAllAsync(), time, default);
        await backlog.WaitAsync(default).AsTask().SoonAsync();
        said.Writer.Complete();
        var left = 10 * Second;
        while (left > 2 * Second)
        {
            Assert.False(backlog.Awaited.IsCompleted);
            left -= backlog.Take().Length;
        }

        await backlog.Awaited.SoonAsync();
    }

    [Fact]
    public async Task What_ended_the_speech_is_told_to_who_waits_for_more()
    {
        await using var backlog = new SphinxBacklog(said.Reader.ReadAllAsync(), time, default);
        said.Writer.Complete(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => backlog.WaitAsync(default).AsTask().SoonAsync());
        Assert.False(backlog.Awaited.IsCompleted);
        Assert.False(backlog.IsOver);
    }

    [Fact]
    public async Task Who_finishes_while_they_wait_go_before_those_who_still_speak()
    {
        var gate = new UrgencyGate(1);
        var order = new List<string>();
        var finished = new TaskCompletionSource<DateTimeOffset>();
        var first = await gate.EnterAsync(0, default);
        Task[] waiting = [EnterAsync("speaks", 10, null), EnterAsync("speaks too", 20, null), EnterAsync("finishes", 30, finished.Task)];
        finished.SetResult(DateTimeOffset.FromUnixTimeMilliseconds(5));
        first.Dispose();
        await Task.WhenAll(waiting).SoonAsync();
        Assert.Equal(["finishes", "speaks", "speaks too"], order);
        // The place that the hurried one was given is free again, once.
        using var next = await gate.EnterAsync(0, default).SoonAsync();
        Assert.False(gate.EnterAsync(0, default).IsCompleted);

        async Task EnterAsync(string who, long neededBy, Task<DateTimeOffset>? sooner)
        {
            using var place = await gate.EnterAsync(neededBy, default, sooner);
            order.Add(who);
        }
    }
}
