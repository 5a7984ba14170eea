using Museum.VoiceCallService.Calls;

namespace Museum.VoiceCallService.Tests.Calls;

/// <summary>Where the utterance of a visitor begins who speaks while the guide does: real voices, by a clock that the test moves.</summary>
public sealed class UtteranceBeginningTests
{
    private const int Scenes = 24;

    /// <summary>A voice behind silence is explained by another one behind silence: for some tenths of a second the guide may be taken for it.</summary>
    [Fact]
    public async Task Who_speaks_as_soon_as_the_guide_does_keeps_the_first_word()
    {
        var takenForEcho = 0;
        for (var seed = 0; seed < Scenes; seed++)
        {
            using var voices = new TwoVoices(seed, visitorAfter: seed * 0.8 / Scenes, echo: false);
            takenForEcho += voices.Hear(from: voices.VisitorAt) ? 1 : 0;
            Assert.False(voices.Utterance.IsEcho);
            Assert.InRange(voices.Utterance.BeganAt, 0, voices.VisitorAt);
            Assert.Equal(voices.Microphone[(int)voices.Utterance.BeganAt..], await voices.HeardAsync());
        }

        // Else this is no test of it.
        Assert.InRange(takenForEcho, 1, Scenes);
    }

    [Fact]
    public void Who_speaks_over_the_guides_echo_is_heard_from_the_first_word_on_and_the_guide_is_not()
    {
        var (whole, late) = (0, 0);
        for (var seed = 0; seed < Scenes; seed++)
        {
            using var voices = new TwoVoices(seed, visitorAfter: 1.5 + (seed % 10 * 0.1), echo: true);
            voices.Hear(from: voices.EchoAt);
            Assert.False(voices.Utterance.IsEcho);
            whole += voices.Utterance.BeganAt <= voices.VisitorAt + (TwoVoices.Rate / 50) ? 1 : 0;
            late += voices.Utterance.BeganAt < voices.VisitorAt - (TwoVoices.Rate * 7 / 10) ? 1 : 0;
        }

        Assert.InRange(whole, 0.9 * Scenes, Scenes);
        Assert.InRange(late, 0, 0.1 * Scenes);
    }

    [Fact]
    public void The_guides_echo_alone_stays_one()
    {
        for (var seed = 0; seed < Scenes; seed++)
        {
            using var voices = new TwoVoices(seed, visitorAfter: double.PositiveInfinity, echo: true);
            voices.Hear(from: voices.EchoAt);
            Assert.True(voices.Utterance.IsEcho);
        }
    }
}
