using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>
/// Finds the exhibits that a Chinese text names: by title, alias or maker; by what sounds or looks so, as a recogniser or an input method
/// writes it; or by a part that no other exhibit's texts have.
/// </summary>
internal sealed class ChineseNames
{
    // A part of three or more characters stands for the whole, and so do the last two, which say what it is: 翠玉白菜, 白菜.
    private const int ShortestPart = 3;
    private const int Head = 2;

    // Longer than this it is hardly a part.
    private const int LongestPart = 12;

    private readonly Dictionary<string, int[]> titles;
    private readonly Dictionary<string, int[]> makers;
    private readonly Dictionary<string, int> parts;
    private readonly SoundingNames sounding;
    private readonly int longest;

    /// <param name="exhibits">In the order of the index.</param>
    /// <param name="bodies">Their Chinese texts, plain: see <see cref="Plain"/>.</param>
    /// <param name="isWord">True for two characters that the texts use.</param>
    public ChineseNames(IReadOnlyList<Exhibit> exhibits, IReadOnlyList<string> bodies, Func<string, bool> isWord)
    {
        var titled = exhibits.SelectMany((e, i) => TitlesOf(e).Select(name => (Name: name, Exhibit: i))).ToList();
        titles = ByName(titled);
        makers = ByName(exhibits.SelectMany((e, i) => MakersOf(e).Select(name => (name, i))));
        longest = titles.Keys.Concat(makers.Keys).Select(n => n.Length).DefaultIfEmpty().Max();
        sounding = new SoundingNames([.. titles.Select(t => (t.Key, t.Value, false)), .. makers.Select(m => (m.Key, m.Value, true))], isWord);
        parts = PartsOf(titled, bodies).Concat(HeadsOf(exhibits, titled, bodies)).ToDictionary();
    }

    /// <summary>A name without the marks that visitors leave out.</summary>
    public static string Plain(string name) =>
        string.Concat(Folding.Fold(name).Where(c => c is not ('·' or '《' or '》' or '"' or ' ' or '-' or '\'' or '.')));

    /// <summary>True for the name of somebody who made an exhibit.</summary>
    public bool IsMaker(string plain) => makers.ContainsKey(plain);

    /// <param name="text">Folded and without marks: see <see cref="Plain"/>.</param>
    /// <param name="quoted">The text between 《》 or quotation marks, plain.</param>
    /// <returns>Names found, surest and longest first, without overlap.</returns>
    public List<Mention> Find(string text, IReadOnlyCollection<string> quoted)
    {
        var found = new List<Mention>();
        if (!text.Any(Han.Is))
        {
            return found;
        }

        foreach (var mention in Exact(text, quoted).OrderByDescending(m => m.Length).ThenByDescending(m => m.Strength))
        {
            Add(found, mention);
        }

        foreach (var mention in sounding.Find(text, Free(text, found)))
        {
            Add(found, mention);
        }

        if (!found.Exists(m => m.Strength >= MentionStrength.Misspelt))
        {
            foreach (var mention in Parts(text).OrderByDescending(m => m.Length))
            {
                Add(found, mention);
            }
        }

        return [.. found.OrderByDescending(m => m.Strength).ThenByDescending(m => m.Length)];
    }

    private IEnumerable<Mention> Exact(string text, IReadOnlyCollection<string> quoted)
    {
        for (var at = 0; at < text.Length; at++)
        {
            for (var length = Math.Min(longest, text.Length - at); length > 0; length--)
            {
                var name = text.Substring(at, length);
                // A name of one character is a name only in quotation marks, or when nothing else is said.
                if (length == 1 && !quoted.Contains(name) && text.Length > 1)
                {
                    continue;
                }

                if (titles.TryGetValue(name, out var exhibits))
                {
                    yield return new Mention(exhibits, MentionStrength.Name, at, length, true);
                }
                else if (makers.TryGetValue(name, out exhibits))
                {
                    yield return new Mention(exhibits, MentionStrength.Maker, at, length, true);
                }
            }
        }
    }

    private IEnumerable<Mention> Parts(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            for (var length = Math.Min(LongestPart, text.Length - at); length >= Head; length--)
            {
                if (parts.TryGetValue(text.Substring(at, length), out var exhibit))
                {
                    yield return new Mention([exhibit], MentionStrength.Part, at, length, true);
                }
            }
        }
    }

    private static bool[] Free(string text, List<Mention> found)
    {
        var free = new bool[text.Length];
        Array.Fill(free, true);
        foreach (var mention in found)
        {
            free.AsSpan(mention.Start, mention.Length).Clear();
        }

        return free;
    }

    private static IEnumerable<string> TitlesOf(Exhibit exhibit) => exhibit.Aliases.Zh.Prepend(exhibit.Title.Zh).Select(Plain).Where(n => n.Length > 0).Distinct();

    // A name with a dot in it, or a short one, is a person's: visitors say all of it, the rest after the first name, the last, of old masters the first, and of Japanese ones the given name.
    private static IEnumerable<string> MakersOf(Exhibit exhibit)
    {
        var maker = Folding.Fold(exhibit.Maker.Zh);
        return maker.Contains('·', StringComparison.Ordinal) || maker.Length <= 4
            ? new[] { maker, maker[(maker.IndexOf('·', StringComparison.Ordinal) + 1)..], maker.Split('·')[^1], maker.Split('·')[0] is { Length: > 3 } first ? first : "", maker.Length == 4 && !maker.Contains('·', StringComparison.Ordinal) ? maker[2..] : "" }.Select(Plain).Where(m => m.Length >= 2 && m is not ("作者不详" or "佚名" or "不详" or "未知" or "不明" or "无名氏")).Distinct()
            : [];
    }

    private static Dictionary<string, int[]> ByName(IEnumerable<(string Name, int Exhibit)> names) =>
        names.GroupBy(n => n.Name).ToDictionary(g => g.Key, g => g.Select(n => n.Exhibit).Distinct().ToArray());

    private static Dictionary<string, int> PartsOf(List<(string Name, int Exhibit)> titled, IReadOnlyList<string> bodies)
    {
        var owners = new Dictionary<string, int>();
        foreach (var (name, exhibit) in titled)
        {
            for (var length = ShortestPart; length < Math.Min(name.Length, LongestPart); length++)
            {
                for (var at = 0; at + length <= name.Length; at++)
                {
                    var part = name.Substring(at, length);
                    owners[part] = owners.TryGetValue(part, out var other) && other != exhibit ? -1 : exhibit;
                }
            }
        }

        // A part that another exhibit's text uses is a word and no name.
        var known = owners.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < bodies.Count; i++)
        {
            var body = bodies[i].AsSpan();
            for (var at = 0; at + ShortestPart <= body.Length; at++)
            {
                for (var length = ShortestPart; length <= Math.Min(LongestPart, body.Length - at) && known.TryGetValue(body.Slice(at, length), out var owner); length++)
                {
                    if (owner >= 0 && owner != i)
                    {
                        known[body.Slice(at, length)] = -1;
                    }
                }
            }
        }

        return owners.Where(o => o.Value >= 0).ToDictionary();
    }

    // Of titles that say of a thing which it is (翠玉 白菜), and not of what (维纳斯的 诞生). As with parts, what another exhibit's name or text uses is a
    // word and no name.
    private static Dictionary<string, int> HeadsOf(IReadOnlyList<Exhibit> exhibits, List<(string Name, int Exhibit)> titled, IReadOnlyList<string> bodies)
    {
        var heads = exhibits.Index().Select(e => (Title: Plain(e.Item.Title.Zh), e.Index))
            .Where(t => t.Title.Length >= 2 * Head && t.Title[^Head..].All(Han.Is) && t.Title[^(Head + 1)] != '的')
            .GroupBy(t => t.Title[^Head..], t => t.Index).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First());
        var known = heads.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (text, exhibit) in titled.Select(t => (t.Name, t.Exhibit)).Concat(bodies.Select((body, i) => (body, i))))
        {
            for (var at = 0; at + Head <= text.Length; at++)
            {
                if (known.TryGetValue(text.AsSpan(at, Head), out var owner) && owner != exhibit)
                {
                    known.Remove(text.AsSpan(at, Head));
                }
            }
        }

        return heads;
    }

    private static void Add(List<Mention> found, Mention mention)
    {
        if (!found.Exists(f => f.Start < mention.Start + mention.Length && mention.Start < f.Start + f.Length))
        {
            found.Add(mention);
        }
    }
}
