using System.Collections.Frozen;
using System.Text;

namespace Museum.AudioService.Text;

/// <summary>
/// How Mandarin words are read that espeak-ng, going character by character, reads wrongly (音乐, 王冠, 佛), as pinyin with tone numbers.
/// The list is <c>Readings.tsv</c>: a word, a tab, one syllable per character; the longest word wins.
/// </summary>
internal static class Readings
{
    // Between characters: keeps the engine's own list of compounds away, which says the last character of each twice.
    private const char WordJoiner = '\u2060';

    private static readonly FrozenDictionary<string, string[]> Words = Load();

    private static readonly int Longest = Words.Keys.Max(w => w.Length);

    public static SpokenText Apply(SpokenText text)
    {
        var syllables = new string?[text.Text.Length];
        for (var i = 0; i < syllables.Length; i++)
        {
            for (var length = Math.Min(Longest, syllables.Length - i); length > 0; length--)
            {
                if (Words.TryGetValue(text.Text.Substring(i, length), out var reading))
                {
                    reading.CopyTo(syllables, i);
                    i += length - 1;
                    break;
                }
            }
        }

        var at = 0;
        return text.Fold(c =>
        {
            var syllable = syllables[at++];
            return syllable is not null ? $" {syllable} " : IsHan(c) ? $"{c}{WordJoiner}" : c.ToString();
        });
    }

    private static bool IsHan(char c) => c is >= '\u3400' and <= '\u9fff';

    private static FrozenDictionary<string, string[]> Load()
    {
        using var lines = new StreamReader(typeof(Readings).Assembly.GetManifestResourceStream("Readings.tsv")!, Encoding.UTF8);
        var words = new Dictionary<string, string[]>();
        while (lines.ReadLine() is { } line)
        {
            var (word, reading) = (line.Split('\t')[0], line.Split('\t')[1]);
            words[word] = reading.Split(' ');
        }

        return words.ToFrozenDictionary();
    }
}
