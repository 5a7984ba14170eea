using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>Finds the exhibits that a row of English words names, misspelt or in part if need be.</summary>
internal sealed class EnglishNames
{
    private sealed record Name(string[] Words, int Exhibit, bool Maker);

    private readonly List<Name> names = [];
    private readonly ILookup<string, Name> byFirst;
    private readonly HashSet<string> nameWords;
    private readonly Dictionary<string, int> owners = [];
    private readonly Lexicon lexicon;

    public EnglishNames(IReadOnlyList<Exhibit> exhibits, Lexicon lexicon)
    {
        this.lexicon = lexicon;
        for (var i = 0; i < exhibits.Count; i++)
        {
            foreach (var name in exhibits[i].Aliases.En.Prepend(exhibits[i].Title.En))
            {
                Add(name, i, maker: false);
            }

            AddMaker(exhibits[i].Maker.En, i);
        }

        byFirst = names.ToLookup(n => n.Words[0]);
        nameWords = [.. names.SelectMany(n => n.Words).Where(w => !EnglishWords.IsStop(w))];
        foreach (var group in names.Where(n => !n.Maker).SelectMany(n => n.Words.Select(w => (Word: w, n.Exhibit))).Distinct().GroupBy(p => p.Word))
        {
            // A word is a name by itself when one exhibit has it and the texts hardly use it otherwise.
            if (group.Count() == 1 && group.Key.Length >= 4 && !EnglishWords.IsStop(group.Key))
            {
                owners[group.Key] = group.Single().Exhibit;
            }
        }
    }

    /// <summary>Names found, surest and longest first, without overlap.</summary>
    public List<Mention> Find(IReadOnlyList<string> words, Func<int, string, bool> ownsWord)
    {
        var found = Exact(words, MentionStrength.Name);
        if (!found.Exists(m => m.Strength == MentionStrength.Name))
        {
            var corrected = words.Select(Correct).ToList();
            var misspelt = Exact(corrected, MentionStrength.Misspelt).FindAll(m => !found.Exists(f => Overlap(f, m)));
            // One corrected word alone is proof only when it is long: "kids" is no kiss.
            found.AddRange(misspelt.FindAll(m => m.Strength == MentionStrength.Maker || m.Length > 1 || corrected[m.Start].Length >= 6));
        }

        if (!found.Exists(m => m.Strength >= MentionStrength.Misspelt))
        {
            for (var i = 0; i < words.Count; i++)
            {
                var part = new Mention([], MentionStrength.Part, i, 1, false);
                if (owners.TryGetValue(words[i], out var exhibit) && ownsWord(exhibit, words[i]) && !found.Exists(f => Overlap(f, part)))
                {
                    found.Add(part with { Exhibits = [exhibit] });
                }
            }
        }

        return [.. found.OrderByDescending(m => m.Strength).ThenByDescending(m => m.Length)];
    }

    private List<Mention> Exact(IReadOnlyList<string> words, MentionStrength strength)
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

    private string Correct(string word)
    {
        var limit = EditDistance.Forgiven(word.Length);
        if (limit == 0 || nameWords.Contains(word) || EnglishWords.IsStop(word) || lexicon.Knows(EnglishStemmer.Stem(word)))
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

        if (words.Count > 0 && !names.Exists(n => n.Exhibit == exhibit && n.Words.SequenceEqual(words)))
        {
            names.Add(new Name([.. words], exhibit, maker));
        }
    }

    private void AddMaker(string maker, int exhibit)
    {
        var words = EnglishWords.Of(maker);
        var person = words.Count is > 1 and <= 5 && maker.Split(' ').All(w => char.IsUpper(w[0]) || w is "van" or "von" or "da" or "de" or "del" or "der") && words[0] is not "unknown";
        if (person)
        {
            Add(maker, exhibit, maker: true);
            // Visitors say the last name or, of old masters, the first.
            foreach (var word in new[] { words[^1], words[0] }.Where(w => w.Length >= 4))
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
