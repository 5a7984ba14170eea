using System.Collections.Frozen;
using System.Text;

namespace Museum.AudioService.Text.Pinyin;

/// <summary>
/// How hanzi are read, as pinyin with tone numbers: <c>Pinyin.tsv</c>, which the build makes of pinyin-pro, and over it <c>Readings.tsv</c>,
/// what the museum's own texts taught us. Lines are <c>ling2⇥零伶凌…</c> (a syllable and its characters) or <c>音乐⇥yin1 yue4</c>.
/// </summary>
internal static class PinyinTable
{
    private const char First = '\u3400';
    private const char Last = '\u9fff';

    private static readonly string?[] Characters = new string?[Last - First + 1];
    private static readonly FrozenDictionary<string, string[]> Words = Load();
    private static readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> ByText = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static int LongestWord { get; } = Words.Keys.Max(w => w.Length);

    public static bool IsHan(char c) => c is >= First and <= Last;

    /// <summary>Of a character by itself; null: unknown.</summary>
    public static string? Syllable(char c) => IsHan(c) ? Characters[c - First] : null;

    /// <summary>Of a word of two characters or more, one syllable each; null: no word.</summary>
    public static string[]? Syllables(ReadOnlySpan<char> word) => ByText.TryGetValue(word, out var syllables) ? syllables : null;

    private static FrozenDictionary<string, string[]> Load()
    {
        var words = new Dictionary<string, string[]>();
        foreach (var resource in (string[])["Pinyin.tsv", "Readings.tsv"])
        {
            using var stream = typeof(PinyinTable).Assembly.GetManifestResourceStream(resource);
            using var lines = new StreamReader(stream ?? Stream.Null, Encoding.UTF8);
            while (lines.ReadLine() is { } line)
            {
                var tab = line.IndexOf('\t', StringComparison.Ordinal);
                var (left, right) = (line[..tab], line[(tab + 1)..]);
                if (char.IsAscii(left[0]))
                {
                    foreach (var character in right)
                    {
                        Characters[character - First] = left;
                    }
                }
                else if (left.Length == 1)
                {
                    Characters[left[0] - First] = right;
                }
                else
                {
                    words[left] = right.Split(' ');
                }
            }
        }

        return words.ToFrozenDictionary();
    }
}
