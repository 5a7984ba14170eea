using Museum.VoiceCallService.BargeIn;

namespace Museum.VoiceCallService.Tests.BargeIn;

/// <summary>Real speech through rooms: what is the guide's own voice, and what is a visitor who speaks over it.</summary>
public sealed class EchoDetectorTests
{
    private const double Second = 1;

    private static readonly long Moment = 1_000 * TimeProvider.System.TimestampFrequency;

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(15)]
    public void Of_a_hundred_echoes_none_is_taken_for_a_visitor(double hall) => Assert.Equal(100, Enumerable.Range(0, 100).Count(seed => IsEcho(seed, Second, hall, visitor: false)));

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(15)]
    public void Of_a_hundred_visitors_who_speak_over_the_guide_at_most_two_are_taken_for_its_echo(double hall) =>
        Assert.InRange(Enumerable.Range(0, 100).Count(seed => IsEcho(seed, Second, hall, visitor: true)), 0, 2);

    [Fact]
    public void Half_a_second_is_nearly_as_good()
    {
        Assert.InRange(Enumerable.Range(0, 100).Count(seed => IsEcho(seed, 0.5, 15, visitor: false)), 96, 100);
        Assert.InRange(Enumerable.Range(0, 100).Count(seed => IsEcho(seed, 0.5, 15, visitor: true)), 0, 4);
    }

    [Fact]
    public void A_voice_of_another_sample_rate_is_known_too() =>
        Assert.Equal(20, Enumerable.Range(0, 20).Count(seed => IsEcho(seed, Second, 15, visitor: false, rate: 22_050)));

    [Fact]
    public void Who_speaks_while_nothing_plays_is_no_echo()
    {
        var microphone = EchoScene.Pcm(new EchoScene(1).Echo(Second));
        Assert.False(new EchoDetector(new EchoReference(TimeProvider.System)).IsEcho(microphone, Moment));
    }

    [Fact]
    public void An_echo_is_known_after_the_voice_was_stopped_and_forgotten_after_a_clear()
    {
        var (scene, reference) = (new EchoScene(2), new EchoReference(TimeProvider.System));
        scene.Play(reference, Moment);
        reference.Stopped(Moment);
        var microphone = EchoScene.Pcm(scene.Echo(Second));
        Assert.True(new EchoDetector(reference).IsEcho(microphone, Moment));
        reference.Clear();
        Assert.False(new EchoDetector(reference).IsEcho(microphone, Moment));
    }

    [Fact]
    public void Sound_of_any_length_is_taken()
    {
        var reference = new EchoReference(TimeProvider.System);
        new EchoScene(3).Play(reference, Moment);
        var detector = new EchoDetector(reference);
        foreach (var length in (int[])[0, 1, 511, 512, 4_801, 16_001, 40_000])
        {
            Assert.False(detector.IsEcho(new short[length], Moment));
        }
    }

    [Fact]
    public void Nothing_is_allocated_per_call()
    {
        var (scene, reference) = (new EchoScene(4), new EchoReference(TimeProvider.System));
        scene.Play(reference, Moment);
        var (detector, microphone) = (new EchoDetector(reference), EchoScene.Pcm(scene.Echo(Second)));
        detector.IsEcho(microphone, Moment);
        var before = GC.GetAllocatedBytesForCurrentThread();
        detector.IsEcho(microphone, Moment);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static bool IsEcho(int seed, double seconds, double hall, bool visitor, int rate = EchoScene.Rate)
    {
        var scene = new EchoScene(seed);
        var microphone = scene.Echo(seconds);
        if (visitor)
        {
            scene.AddVisitor(microphone);
        }

        if (double.IsFinite(hall))
        {
            scene.AddHall(microphone, hall);
        }

        var reference = new EchoReference(TimeProvider.System);
        scene.Play(reference, Moment, rate);
        return new EchoDetector(reference).IsEcho(EchoScene.Pcm(microphone), Moment);
    }
}
