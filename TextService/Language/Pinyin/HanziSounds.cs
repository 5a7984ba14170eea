using System.Text;

namespace Museum.TextService.Language.Pinyin;

/// <summary>How one place of a text sounds: the syllables that it may be, without tones; none for what is no sound of Mandarin.</summary>
/// <param name="Character">The character; 0 for a syllable written in Latin letters.</param>
/// <param name="Start">Where it stands in the text, in characters.</param>
/// <param name="Length">Of a character 1; of a syllable its letters.</param>
internal sealed record Sound(char Character, int Start, int Length, ushort[] Syllables);

/// <summary>
/// How hanzi sound, and how alike: what a recogniser or an input method takes for one another. Read from <c>Sounds.tsv</c>, which the build
/// makes of pinyin-pro (table.mjs); without it characters are only like themselves.
/// </summary>
internal static class HanziSounds
{
    private const char First = '\u3400';
    private const char Last = '\u9fff';

    // What many speakers do not tell apart, and recognisers therefore neither: z/zh, c/ch, s/sh, l/n/r, f/h, and n/ng at the end.
    private static readonly (string From, string To)[] Blurred = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"), ("h", "f")];

    private static readonly Dictionary<string, ushort> Numbers = [];
    private static readonly List<(ushort Blur, string Initial)> Syllables = [];
    private static readonly ushort[]?[] Characters = Load();
    private static readonly Dictionary<string, ushort>.AlternateLookup<ReadOnlySpan<char>> ByLetters = Numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The syllables of a character, as numbers.</summary>
    public static ushort[] Of(char c) => c is >= First and <= Last ? Characters[c - First] ?? [] : [];

    /// <summary>What is left of a syllable when what is easily mistaken is left out.</summary>
    public static ushort Blur(ushort syllable) => Syllables[syllable].Blur;

    /// <summary>A text place by place; a Latin word that can be read as pinyin syllable by syllable.</summary>
    public static List<Sound> Read(string text)
    {
        var sounds = new List<Sound>(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsAsciiLetter(text[i]))
            {
                sounds.Add(new Sound(text[i], i, 1, Of(text[i])));
                i++;
                continue;
            }

            var end = i;
            while (end < text.Length && char.IsAsciiLetter(text[end]))
            {
                end++;
            }

            sounds.AddRange(Spelt(text, i, end) ?? [.. Enumerable.Range(i, end - i).Select(at => new Sound(text[at], at, 1, []))]);
            i = end;
        }

        return sounds;
    }

    /// <summary>How far two places are from the same: 0 the same character, 1 nothing in common.</summary>
    public static double Distance(Sound a, Sound b)
    {
        if (a.Character == b.Character && a.Character != 0)
        {
            return 0;
        }

        var least = 1.0;
        foreach (var x in a.Syllables)
        {
            foreach (var y in b.Syllables)
            {
                least = Math.Min(least, x == y ? 0.2 : Syllables[x].Blur == Syllables[y].Blur ? 0.35 : Syllables[x].Initial == Syllables[y].Initial ? 0.8 : 1);
            }
        }

        return least;
    }

    // The longest syllables first; null when letters are left over: then it is no pinyin.
    private static List<Sound>? Spelt(string text, int start, int end)
    {
        if (start == end)
        {
            return [];
        }

        for (var length = Math.Min(6, end - start); length > 0; length--)
        {
            if (ByLetters.TryGetValue(text.AsSpan(start, length), out var syllable) && Spelt(text, start + length, end) is { } rest)
            {
                return [new Sound('\0', start, length, [syllable]), .. rest];
            }
        }

        return null;
    }

    private static ushort[]?[] Load()
    {
        var readings = new List<ushort>?[Last - First + 1];
        using var stream = typeof(HanziSounds).Assembly.GetManifestResourceStream("Sounds.tsv");
        using var lines = new StreamReader(stream ?? Stream.Null, Encoding.UTF8);
        var blurs = new Dictionary<string, ushort>();
        while (lines.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var syllable = line[..tab];
            var number = (ushort)Syllables.Count;
            var blurred = BlurOf(syllable);
            Numbers[syllable] = number;
            Syllables.Add((blurs.TryGetValue(blurred, out var known) ? known : blurs[blurred] = number, syllable[..^syllable.TrimStart("bpmfdtnlgkhjqxzcsrwy".ToCharArray()).Length]));
            foreach (var character in line.AsSpan(tab + 1))
            {
                (readings[character - First] ??= []).Add(number);
            }
        }

        return [.. readings.Select(r => r?.ToArray())];
    }

    private static string BlurOf(string syllable)
    {
        foreach (var (from, to) in Blurred)
        {
            if (syllable.StartsWith(from, StringComparison.Ordinal))
            {
                syllable = to + syllable[from.Length..];
                break;
            }
        }

        return syllable.EndsWith("ng", StringComparison.Ordinal) ? syllable[..^1] : syllable;
    }
}
