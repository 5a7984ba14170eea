using System.Threading.Channels;
using Museum.AudioService.Recognition;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>One utterance, heard by one recogniser after another.</summary>
public sealed class SpeechSoFarTests : IAsyncLifetime
{
    private readonly Channel<ReadOnlyMemory<short>> microphone = Channel.CreateBounded<ReadOnlyMemory<short>>(16);
    private readonly CancellationTokenSource stop = new();
    private readonly SpeechSoFar speech;

    public SpeechSoFarTests() => speech = new SpeechSoFar(microphone.Reader.ReadAllAsync(stop.Token), stop.Token);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await speech.DisposeAsync();
        stop.Dispose();
    }

    [Fact]
    public async Task The_next_hears_it_from_its_beginning_and_what_comes_after()
    {
        Say(1, 2);
        await using (var first = speech.ReadAsync(default).GetAsyncEnumerator())
        {
            Assert.True(await first.MoveNextAsync().AsTask().SoonAsync());
        }

        Say(3);
        microphone.Writer.Complete();
        Assert.Equal([1, 2, 3], await HeardAsync());
        Assert.Equal([1, 2, 3], await HeardAsync());
    }

    [Fact]
    public async Task What_comes_while_one_gives_up_is_the_next_ones()
    {
        using var givesUp = new CancellationTokenSource();
        await using var first = speech.ReadAsync(givesUp.Token).GetAsyncEnumerator(givesUp.Token);
        var waiting = first.MoveNextAsync().AsTask();
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.SoonAsync());
        Say(1);
        microphone.Writer.Complete();
        Assert.Equal([1], await HeardAsync());
    }

    [Fact]
    public async Task That_the_speaker_is_cut_off_is_known_as_the_speakers_failure()
    {
        Assert.Null(speech.Failure);
        microphone.Writer.Complete(new IOException("cut off"));
        await Assert.ThrowsAsync<IOException>(HeardAsync);
        Assert.IsType<IOException>(speech.Failure);
    }

    private void Say(params short[] samples) => Assert.All(samples, sample => Assert.True(microphone.Writer.TryWrite(new[] { sample })));

    private async Task<IReadOnlyList<int>> HeardAsync() => [.. (await speech.ReadAsync(default).ToListAsync().AsTask().SoonAsync()).SelectMany(chunk => chunk.ToArray()).Select(sample => (int)sample)];
}
