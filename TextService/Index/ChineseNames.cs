using Museum.TextService.Content;
using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>Finds the exhibits that a Chinese text names, with one wrong character or in part if need be.</summary>
internal sealed class ChineseNames
{
    private sealed record Name(string Text, int Exhibit, bool Maker);

    private readonly List<Name> allNames = [];
    private readonly List<(string Part, int Exhibit)> parts = [];
    private readonly List<(string Text, bool Maker, int[] Exhibits)> groups;

    public ChineseNames(IReadOnlyList<Exhibit> exhibits, Func<string, int, bool> onlyIn)
    {
        for (var i = 0; i < exhibits.Count; i++)
        {
            var names = exhibits[i].Aliases.Zh.Prepend(exhibits[i].Title.Zh).Select(Plain).Where(n => n.Length > 0).Distinct().ToList();
            allNames.AddRange(names.Select(n => new Name(n, i, false)));
            var maker = Folding.Fold(exhibits[i].Maker.Zh);
            if (maker.Contains('·', StringComparison.Ordinal) || maker.Length <= 4)
            {
                allNames.AddRange(new[] { Plain(maker), maker[(maker.IndexOf('·', StringComparison.Ordinal) + 1)..], maker.Split('·')[^1] }
                    .Select(Plain).Where(m => m.Length >= 2 && m != "作者不详" && m != "佚名").Distinct().Select(m => new Name(m, i, true)));
            }

            // A part of three or more characters stands for the whole when only this exhibit's texts have it.
            foreach (var name in names.Where(n => n.Length > 3))
            {
                for (var length = name.Length - 1; length >= 3; length--)
                {
                    for (var at = 0; at + length <= name.Length; at++)
                    {
                        var part = name.Substring(at, length);
                        if (onlyIn(part, i))
                        {
                            parts.Add((part, i));
                        }
                    }
                }
            }
        }

        groups = [.. allNames.OrderByDescending(n => n.Text.Length).GroupBy(n => (n.Text, n.Maker)).Select(g => (g.Key.Text, g.Key.Maker, g.Select(n => n.Exhibit).Distinct().ToArray()))];
        allNames.Sort((a, b) => b.Text.Length.CompareTo(a.Text.Length));
        parts.Sort((a, b) => b.Part.Length.CompareTo(a.Part.Length));
    }

    /// <summary>A name without the marks that visitors leave out.</summary>
    public static string Plain(string name) =>
        string.Concat(Folding.Fold(name).Where(c => c is not ('·' or '《' or '》' or '"' or ' ' or '-' or '\'' or '.')));

    /// <param name="text">Folded and without marks: see <see cref="Plain"/>.</param>
    /// <param name="quoted">The text between 《》 or quotation marks, plain.</param>
    public List<Mention> Find(string text, IReadOnlyCollection<string> quoted)
    {
        var found = new List<Mention>();
        if (!text.Any(Han.Is))
        {
            return found;
        }

        foreach (var (name, maker, exhibits) in groups)
        {
            var at = text.IndexOf(name, StringComparison.Ordinal);
            // A name of one character is a name only in quotation marks.
            if (at >= 0 && (name.Length > 1 || quoted.Contains(name)))
            {
                Add(found, new Mention(exhibits, maker ? MentionStrength.Maker : MentionStrength.Name, at, name.Length, true));
            }
        }

        if (!found.Exists(m => m.Strength == MentionStrength.Name))
        {
            AddMisspelt(text, found);
        }

        if (!found.Exists(m => m.Strength >= MentionStrength.Misspelt))
        {
            foreach (var (part, exhibit) in parts)
            {
                var at = text.IndexOf(part, StringComparison.Ordinal);
                if (at >= 0)
                {
                    Add(found, new Mention([exhibit], MentionStrength.Part, at, part.Length, true));
                }
            }
        }

        return [.. found.OrderByDescending(m => m.Strength).ThenByDescending(m => m.Length)];
    }

    private void AddMisspelt(string text, List<Mention> found)
    {
        foreach (var name in allNames.Where(n => !n.Maker && n.Text.Length >= 4))
        {
            for (var at = 0; at + name.Text.Length <= text.Length; at++)
            {
                if (EditDistance.Of(text.AsSpan(at, name.Text.Length), name.Text, 1) == 1)
                {
                    Add(found, new Mention([name.Exhibit], MentionStrength.Misspelt, at, name.Text.Length, true));
                    break;
                }
            }
        }
    }

    private static void Add(List<Mention> found, Mention mention)
    {
        if (!found.Exists(f => f.Start < mention.Start + mention.Length && mention.Start < f.Start + f.Length))
        {
            found.Add(mention);
        }
    }
}
