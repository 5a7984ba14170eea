using System.Runtime.InteropServices;
using Museum.TestKit;
using Museum.VoiceCallService.Calls;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Tests.Calls;

/// <summary>A call's microphone beside its loudspeaker, 20 ms after 20 ms by a clock that the test moves.</summary>
public sealed class EchoWatchTests : IDisposable
{
    private const int Rate = 16_000;
    private const int Frame = Rate / 50;

    private readonly ManualTime time = new();
    private readonly EchoWatch watch;
    private readonly LookBack microphone = new();
    private readonly CallUtterance utterance = new(0, CancellationToken.None);

    public EchoWatchTests() => watch = new EchoWatch(time);

    public void Dispose() => utterance.Dispose();

    [Theory]
    [InlineData(60, 4)]
    [InlineData(300, 8)]
    public void The_guides_voice_that_comes_back_is_an_echo(int delayMs, int softer)
    {
        var guide = Voice();
        Play(guide, i => Sample(guide, i - (delayMs * 16), softer));
        Assert.True(utterance.IsEcho);
    }

    [Fact]
    public void A_visitor_who_speaks_over_the_guide_is_none()
    {
        var guide = Voice();
        var visitor = Voice().Reverse().ToArray();
        Play(guide, i => (short)(Sample(guide, i - 1_600, 8) + Sample(visitor, i, 2)));
        Assert.False(utterance.IsEcho);
    }

    [Fact]
    public void A_visitor_who_speaks_while_the_guide_is_silent_is_none()
    {
        var visitor = Voice();
        Play([], i => Sample(visitor, i, 1));
        Assert.False(utterance.IsEcho);
    }

    [Fact]
    public void What_sounds_after_a_pause_is_an_echo_too()
    {
        var guide = Voice();
        watch.Played(Piece(guide), time.GetTimestamp());
        watch.Paused();
        time.Advance(TimeSpan.FromSeconds(2));
        watch.Resumed();
        Hear(guide.Length, i => Sample(guide, i - 1_600, 4));
        Assert.True(utterance.IsEcho);
    }

    [Fact]
    public void A_guide_that_speaks_and_is_not_heard_makes_an_echo_unlikely_until_one_is_found()
    {
        watch.Played(Piece([.. Voice(), .. Voice()]), time.GetTimestamp());
        for (var at = 0; at < 2 * Rate; at += Frame)
        {
            Assert.False(watch.IsUnlikely && at < Rate);
            time.Advance(TimeSpan.FromMilliseconds(20));
            watch.Nobody(TimeSpan.FromMilliseconds(20));
        }

        Assert.True(watch.IsUnlikely);
        watch.Found();
        Assert.False(watch.IsUnlikely);
    }

    [Fact]
    public void The_guides_own_silence_tells_nothing_of_echoes()
    {
        for (var at = 0; at < 3 * Rate; at += Frame)
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            watch.Nobody(TimeSpan.FromMilliseconds(20));
        }

        Assert.False(watch.IsUnlikely);
    }

    private void Play(short[] guide, Func<int, short> heard)
    {
        if (guide.Length > 0)
        {
            watch.Played(Piece(guide), time.GetTimestamp());
        }

        Hear(Voice().Length, heard);
    }

    private void Hear(int samples, Func<int, short> heard)
    {
        var room = new Random(7);
        for (var at = 0; at + Frame <= samples; at += Frame)
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            microphone.Add([.. Enumerable.Range(at, Frame).Select(i => (short)(heard(i) + room.Next(-20, 21)))]);
            if (microphone.Total > Rate / 2)
            {
                watch.Listen(utterance, microphone);
            }
        }
    }

    private static SoundPiece Piece(short[] samples) => new(MemoryMarshal.AsBytes(samples.AsSpan()).ToArray(), Rate, 0, Last: false);

    private static short Sample(short[] sound, int at, int softer) => at >= 0 && at < sound.Length ? (short)(sound[at] / softer) : (short)0;

    /// <summary>A man's voice, from its first word on.</summary>
    private static short[] Voice() => Microphone.GoForward[(Rate * 45 / 100)..].ToArray();
}
