using Museum.TextService.Language.Pinyin;

namespace Museum.TextService.Index;

/// <summary>
/// Finds names that a text writes by their sound (青鸣上和图), by a character that looks alike, or in pinyin: the stretch of the text that is
/// the fewest slips away from a name. Names are found by the syllables they share with the text, so that thousands of them cost little.
/// </summary>
internal sealed class SoundingNames
{
    // A character too many or too few is rarer than a wrong one.
    private const double Gap = 0.8;

    private const int MostCandidates = 200;

    private readonly List<(IReadOnlyList<Sound> Sounds, int[] Exhibits, bool Maker)> names = [];
    private readonly Dictionary<ushort, List<int>> bySyllable = [];
    private readonly Func<string, bool> isWord;

    /// <param name="names">Titles and makers, plain.</param>
    /// <param name="isWord">True for two characters that the texts use: they are written as they were meant.</param>
    public SoundingNames(IEnumerable<(string Text, int[] Exhibits, bool Maker)> names, Func<string, bool> isWord)
    {
        this.isWord = isWord;
        foreach (var (text, exhibits, maker) in names.Where(n => n.Text.Length > 1))
        {
            var sounds = HanziSounds.Read(text);
            foreach (var syllable in sounds.SelectMany(s => s.Syllables).Select(HanziSounds.Blur).Distinct())
            {
                (bySyllable.TryGetValue(syllable, out var known) ? known : bySyllable[syllable] = []).Add(this.names.Count);
            }

            this.names.Add((sounds, exhibits, maker));
        }
    }

    /// <param name="text">Folded and without marks.</param>
    /// <param name="free">Where no name was found yet.</param>
    /// <returns>The best first.</returns>
    public IEnumerable<Mention> Find(string text, bool[] free)
    {
        var sounds = HanziSounds.Read(text);
        var found = new List<(Mention Mention, double Slips)>();
        foreach (var candidate in Candidates(sounds))
        {
            var (name, exhibits, maker) = names[candidate];
            var (start, end, slips) = Closest(name, sounds, free);
            if (end <= start || slips > Forgiven(name.Count))
            {
                continue;
            }

            var from = sounds[start].Start;
            var length = sounds[end - 1].Start + sounds[end - 1].Length - from;
            // What the texts themselves write so is written as it was meant: the last meal is no Last Supper.
            if (slips > 0 && Enumerable.Range(from, Math.Max(0, length - 1)).All(i => isWord(text.Substring(i, 2))))
            {
                continue;
            }

            found.Add((new Mention(exhibits, maker ? MentionStrength.Maker : MentionStrength.Misspelt, from, length, true), slips / name.Count));
        }

        return found.OrderByDescending(f => f.Mention.Length * (1 - f.Slips)).Select(f => f.Mention);
    }

    private static double Forgiven(int length) => length switch
    {
        2 => 0.35,
        3 => 0.75,
        4 => 1.2,
        _ => 0.3 * length,
    };

    // Half of its syllables must be somewhere in the text; of very many such names the likeliest are looked at.
    private IEnumerable<int> Candidates(List<Sound> text)
    {
        var shared = new Dictionary<int, int>();
        foreach (var syllable in text.SelectMany(s => s.Syllables).Select(HanziSounds.Blur).Distinct())
        {
            foreach (var name in bySyllable.GetValueOrDefault(syllable) ?? [])
            {
                shared[name] = shared.GetValueOrDefault(name) + 1;
            }
        }

        return shared.Where(s => s.Value * 2 >= names[s.Key].Sounds.Count)
            .OrderByDescending(s => s.Value / (double)names[s.Key].Sounds.Count).ThenByDescending(s => s.Value).Take(MostCandidates).Select(s => s.Key);
    }

    /// <summary>The stretch of the text that is nearest to the name, and how many slips away.</summary>
    private static (int Start, int End, double Slips) Closest(IReadOnlyList<Sound> name, List<Sound> text, bool[] free)
    {
        // Row i: the first i sounds of the name, aligned to a stretch that ends at each place of the text.
        var above = new (double Slips, int Start)[text.Count + 1];
        var row = new (double Slips, int Start)[text.Count + 1];
        for (var j = 0; j <= text.Count; j++)
        {
            above[j] = (0, j);
        }

        for (var i = 1; i <= name.Count; i++)
        {
            row[0] = (i * Gap, 0);
            for (var j = 1; j <= text.Count; j++)
            {
                var here = text[j - 1];
                var taken = !free[here.Start];
                var best = (Slips: above[j - 1].Slips + (taken ? 100 : HanziSounds.Distance(name[i - 1], here)), above[j - 1].Start);
                if (above[j].Slips + Gap < best.Slips)
                {
                    best = (above[j].Slips + Gap, above[j].Start);
                }

                if (row[j - 1].Slips + Gap < best.Slips)
                {
                    best = (row[j - 1].Slips + (taken ? 100 : Gap), row[j - 1].Start);
                }

                row[j] = best;
            }

            (above, row) = (row, above);
        }

        var end = 0;
        for (var j = 1; j <= text.Count; j++)
        {
            end = above[j].Slips < above[end].Slips ? j : end;
        }

        return (above[end].Start, end, above[end].Slips);
    }
}
