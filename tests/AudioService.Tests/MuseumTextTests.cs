using System.Text.RegularExpressions;
using Museum.AudioService.Synthesis;

namespace Museum.AudioService.Tests;

/// <summary>The curators' own sentences, said by the real engines.</summary>
public sealed partial class MuseumTextTests(Engines engines) : IClassFixture<Engines>
{
    // Every 40th: about 20 of each language, in a few seconds.
    private const int Every = 40;

    [Fact]
    public async Task Every_character_of_the_museums_Chinese_is_spoken_once()
    {
        foreach (var sentence in Sentences(Chinese()))
        {
            var heard = await SayAsync(sentence, "zh");
            var hanzi = string.Concat(sentence.Where(c => c is >= '\u4e00' and <= '\u9fff'));
            Assert.Equal(hanzi, string.Concat(heard.Words.Select(w => w.Text).SelectMany(w => w).Where(c => c is >= '\u4e00' and <= '\u9fff')));
            var spoken = heard.Phones.Where(p => !Pauses.Is(p)).Sum(p => p.EndSample - p.StartSample) / (double)heard.SampleRate;
            Assert.InRange(spoken / hanzi.Length, 0.13, 0.35);
        }
    }

    [Fact]
    public async Task Every_word_of_the_museums_English_is_spoken_in_its_order()
    {
        foreach (var sentence in Sentences(English()))
        {
            var heard = await SayAsync(sentence, "en");
            var written = Word().Matches(sentence).Select(m => m.Value);
            Assert.Equal(written, heard.Words.SelectMany(w => Word().Matches(w.Text).Select(m => m.Value)));
            Assert.InRange(heard.Words.Length / heard.Seconds, 1.2, 4.5);
        }
    }

    private static IEnumerable<string> Sentences(Regex pattern)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "content", "exhibits")))
        {
            folder = folder.Parent!;
        }

        var all = Directory.GetFiles(Path.Combine(folder.FullName, "content", "exhibits"), "*.md").Order()
            .SelectMany(file => pattern.Matches(File.ReadAllText(file)).Select(m => m.Value));
        return all.Where((_, i) => i % Every == 0);
    }

    private async Task<Heard> SayAsync(string sentence, string language)
    {
        var sound = await engines.Narrator.SpeakAsync(new Utterance(sentence, language), 16_000, default).SoonAsync();
        return await Heard.AllAsync(sound.ReadAsync(default)).SoonAsync();
    }

    [GeneratedRegex(@"(?<=[\u4e00-\u9fff][。！？])[\u4e00-\u9fff，、《》·（）]{12,70}。")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"(?<=[.!?] )[A-Z][A-Za-z ,']{40,140}\.")]
    private static partial Regex English();

    [GeneratedRegex(@"[A-Za-z']+")]
    private static partial Regex Word();
}
