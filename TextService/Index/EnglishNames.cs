using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>Finds the exhibits that a row of English words names, misspelt or in part if need be.</summary>
internal sealed class EnglishNames
{
    private sealed record Name(string[] Words, int Exhibit, bool Maker);

    // Long enough that two other words hardly sound like it by chance.
    private const int LongWord = 7;

    private readonly List<Name> names = [];
    private readonly ILookup<string, Name> byFirst;
    private readonly HashSet<string> nameWords;
    private const int LongestPhrase = 3;

    private readonly Dictionary<string, int> phrases;
    private readonly HashSet<string> properWords;
    private readonly ILookup<string, Name> byFirstStem;
    private readonly Dictionary<string, int> owners = [];
    private readonly Lexicon lexicon;
    private readonly HashSet<(int Exhibit, string Name)> known = [];
    private readonly List<string> paused = [];

    /// <param name="exhibits">In the order of their ordinals.</param>
    /// <param name="lexicon">The content's words.</param>
    /// <param name="isProper">True for a word that the texts never write without a capital.</param>
    public EnglishNames(IReadOnlyList<Exhibit> exhibits, Lexicon lexicon, Func<string, bool> isProper)
    {
        this.lexicon = lexicon;
        for (var i = 0; i < exhibits.Count; i++)
        {
            foreach (var name in exhibits[i].Aliases.En.Prepend(exhibits[i].Title.En))
            {
                Add(name, i, maker: false);
                if (name.Contains(',', StringComparison.Ordinal))
                {
                    paused.Add(name);
                }
            }

            AddMaker(exhibits[i].Maker.En, i);
        }

        byFirst = names.ToLookup(n => n.Words[0]);
        byFirstStem = names.ToLookup(n => EnglishStemmer.Stem(n.Words[0]), n => n with { Words = [.. n.Words.Select(EnglishStemmer.Stem)] });
        nameWords = [.. names.SelectMany(n => n.Words).Where(w => !EnglishWords.IsStop(w))];
        foreach (var group in names.Where(n => !n.Maker).SelectMany(n => n.Words.Select(w => (Word: w, n.Exhibit))).Distinct().GroupBy(p => p.Word))
        {
            // A word is a name by itself when one exhibit has it and the texts hardly use it otherwise.
            if (group.Count() == 1 && group.Key.Length >= 4 && !EnglishWords.IsStop(group.Key))
            {
                owners[group.Key] = group.Single().Exhibit;
            }
        }

        phrases = Phrases(names);
        properWords = [.. nameWords.Where(w => w.Length >= 2 && isProper(w))];

        // To the ear, a single word is a name only when the texts always write it with a capital: "warriors" is everybody's.
        Sounds = new SoundIndex(names.Select(n => n.Words).Concat(names.Where(n => !n.Maker).Select(n => n.Words[(Array.IndexOf(n.Words, "of") + 1)..])).Concat(owners.Keys.Select(w => new[] { w })).Where(n => n.Length > 1 || isProper(n[0]) || n[0].Length >= LongWord));
    }

    /// <summary>The text with the commas out that are part of a name ("Impression, Sunrise"): elsewhere a comma ends what belongs together.</summary>
    public string WithoutPauses(string text) =>
        text.Contains(',', StringComparison.Ordinal) ? paused.Aggregate(text, (rest, name) => rest.Replace(name, name.Replace(",", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)) : text;

    /// <summary>The names by how they sound.</summary>
    public SoundIndex Sounds { get; }

    public bool IsNameWord(string word) => nameWords.Contains(word);

    /// <summary>True for a word of a name that means nothing else.</summary>
    public bool IsProperWord(string word) => properWords.Contains(word);

    /// <summary>Every word of every name.</summary>
    public IEnumerable<string> Words => names.SelectMany(n => n.Words);

    /// <summary>Names found, surest and longest first, without overlap.</summary>
    /// <param name="words">Folded words.</param>
    /// <param name="ownsWord">True when the texts use the word for this exhibit alone.</param>
    /// <param name="all">Parts of names too where a whole one stands.</param>
    public List<Mention> Find(IReadOnlyList<string> words, Func<int, string, bool> ownsWord, bool all = false)
    {
        var found = Exact(words, MentionStrength.Name);
        if (!found.Exists(m => m.Strength == MentionStrength.Name))
        {
            var corrected = words.Select(Correct).ToList();
            var misspelt = Exact(corrected, MentionStrength.Misspelt).Concat(Inflected(words)).Where(m => !found.Exists(f => Overlap(f, m))).ToList();
            // One corrected word alone is proof only when it is long: "kids" is no kiss.
            found.AddRange(misspelt.FindAll(m => m.Strength == MentionStrength.Maker || m.Length > 1 || corrected[m.Start].Length >= 6));
        }

        if (all || !found.Exists(m => m.Strength >= MentionStrength.Misspelt))
        {
            for (var i = 0; i < words.Count; i++)
            {
                if (Phrase(words, i) is { } phrase && !found.Exists(f => Overlap(f, phrase)))
                {
                    found.Add(phrase);
                    continue;
                }

                var part = new Mention([], MentionStrength.Part, i, 1, false);
                if (owners.TryGetValue(words[i], out var exhibit) && ownsWord(exhibit, words[i]) && !found.Exists(f => Overlap(f, part)))
                {
                    found.Add(part with { Exhibits = [exhibit] });
                }
            }
        }

        return [.. found.OrderByDescending(m => m.Strength).ThenByDescending(m => m.Length)];
    }

    /// <summary>The names that stand in the words letter by letter, the longest at each place.</summary>
    public List<Mention> Exact(IReadOnlyList<string> words, MentionStrength strength) => Exact(words, strength, byFirst);

    // "One of the Thinkers", "the winged bulls".
    private IEnumerable<Mention> Inflected(IReadOnlyList<string> words) =>
        Exact([.. words.Select(EnglishStemmer.Stem)], MentionStrength.Misspelt, byFirstStem).Where(m => m.Strength == MentionStrength.Misspelt && (m.Length > 1 || words[m.Start].Length >= 7));

    private static List<Mention> Exact(IReadOnlyList<string> words, MentionStrength strength, ILookup<string, Name> byFirst)
    {
        var found = new List<Mention>();
        for (var i = 0; i < words.Count; i++)
        {
            var at = i;
            var hits = byFirst[words[i]].Where(n => Matches(n.Words, words, at)).ToList();
            if (hits.Count == 0)
            {
                continue;
            }

            var length = hits.Max(h => h.Words.Length);
            var longest = hits.Where(h => h.Words.Length == length).ToList();
            var maker = longest.TrueForAll(h => h.Maker);
            found.Add(new Mention([.. longest.Where(h => h.Maker == maker).Select(h => h.Exhibit).Distinct()], maker ? MentionStrength.Maker : strength, i, length, false));
            i += length - 1;
        }

        return found;
    }

    // Two words or more of a name that no other has: "the Thousand Li".
    private Mention? Phrase(IReadOnlyList<string> words, int start)
    {
        for (var length = LongestPhrase; length >= 2; length--)
        {
            if (start + length <= words.Count && phrases.TryGetValue(string.Join(' ', words.Skip(start).Take(length)), out var exhibit))
            {
                return new Mention([exhibit], MentionStrength.Part, start, length, false);
            }
        }

        return null;
    }

    private static Dictionary<string, int> Phrases(IEnumerable<Name> names) => names
        .Where(n => !n.Maker)
        .SelectMany(n => Enumerable.Range(0, n.Words.Length).SelectMany(start => Enumerable.Range(2, LongestPhrase - 1).Where(length => start + length <= n.Words.Length)
            .Select(length => (Words: n.Words[start..(start + length)], n.Exhibit))))
        .Where(p => !EnglishWords.IsStop(p.Words[0]) && !EnglishWords.IsStop(p.Words[^1]))
        .GroupBy(p => string.Join(' ', p.Words), p => p.Exhibit)
        .Where(g => g.Distinct().Count() == 1)
        .ToDictionary(g => g.Key, g => g.First());

    private string Correct(string word)
    {
        var limit = EditDistance.Forgiven(word.Length);
        if (limit == 0 || nameWords.Contains(word) || EnglishWords.IsStop(word) || lexicon.Knows(EnglishStemmer.Stem(word)) || EnglishEveryday.Has(word))
        {
            return word;
        }

        // The first letter is hardly ever wrong, and holding on to it keeps "cream" from becoming a scream.
        return nameWords.Where(w => w[0] == word[0])
            .Select(w => (Word: w, Distance: EditDistance.Of(word, w, Math.Min(limit, EditDistance.Forgiven(w.Length)))))
            .Where(c => c.Distance <= Math.Min(limit, EditDistance.Forgiven(c.Word.Length)))
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word).FirstOrDefault() ?? word;
    }

    private void Add(string name, int exhibit, bool maker)
    {
        var words = EnglishWords.Of(name);
        if (words.Count > 1 && words[0] is "the" or "a" or "an")
        {
            words.RemoveAt(0);
        }

        if (words.Count > 0 && known.Add((exhibit, string.Join(' ', words))))
        {
            names.Add(new Name([.. words], exhibit, maker));
        }
    }

    private void AddMaker(string maker, int exhibit)
    {
        // "Arthur Scherbius, Berlin": the place is no maker.
        maker = maker.Split(',', ';')[0];
        var words = EnglishWords.Of(maker);
        if (words is [] or ["unknown" or "anonymous" or "unidentified", ..])
        {
            return;
        }

        var person = words.Count is > 1 and <= 5 && maker.Split(' ').All(w => char.IsUpper(w[0]) || w is "van" or "von" or "da" or "de" or "del" or "der");
        if (person)
        {
            Add(maker, exhibit, maker: true);
            // Visitors say the last name or, of old masters, the first.
            foreach (var word in new[] { words[^1], words[0] }.Where(w => w.Length >= 4 && !EnglishWords.IsStop(w)))
            {
                Add(word, exhibit, maker: true);
            }
        }
        else if (words.Count == 1 && !EnglishWords.IsStop(words[0]))
        {
            Add(maker, exhibit, maker: true);
        }
    }

    private static bool Matches(string[] name, IReadOnlyList<string> words, int at)
    {
        if (at + name.Length > words.Count)
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != words[at + i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool Overlap(Mention a, Mention b) => a.Start < b.Start + b.Length && b.Start < a.Start + a.Length;
}
