using System.Text.RegularExpressions;
using Museum.AudioService.Recognition;
using Museum.AudioService.Synthesis;
using Xunit.Abstractions;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>What the voices say is what was written: the museum's own English, said as visitors hear it and recognised again.</summary>
public sealed partial class SpokenAgainTests(Ears ears, Engines engines, ITestOutputHelper output) : IClassFixture<Ears>, IClassFixture<Engines>
{
    // Every 60th sentence: about a dozen.
    private const int Every = 60;

    [Theory]
    [InlineData("rms")]
    [InlineData("slt")]
    public async Task English_sentences_are_understood_when_they_are_recognised_again(string voice)
    {
        var (errors, words) = (0, 0);
        foreach (var sentence in MuseumVocabulary.Read().Sentences.Where(s => Plain().IsMatch(s)).Where((_, i) => i % Every == 0))
        {
            var sound = await engines.Narrator.SpeakAsync(new Utterance(sentence, "en", voice), Transcript.SampleRate, default).SoonAsync();
            var pcm = (await sound.PcmAsync(1, default).SoonAsync()).ToArray();
            var heard = WordErrors.Of(sentence, (await ears.FinalAsync([.. Ears.Quiet(0.15), .. pcm, .. Ears.Quiet(0.3)])).Text);
            (errors, words) = (errors + heard.Errors, words + heard.Words);
        }

        output.WriteLine($"{voice}: {errors} errors in {words} words");
        Assert.InRange(words, 100, 1_000);
        Assert.InRange((double)errors / words, 0, 0.25);
    }

    // Numbers and names in other letters are written otherwise than they are heard.
    [GeneratedRegex(@"^[A-Z][A-Za-z ,']{40,140}\.$")]
    private static partial Regex Plain();
}
