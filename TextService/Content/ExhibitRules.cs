using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Museum.TextService.Language;

namespace Museum.TextService.Content;

/// <param name="Path">The member, as in JSON: <c>title.zh</c>.</param>
/// <param name="Reason">What is wrong with it, for people.</param>
internal sealed record Finding(string Path, string Reason);

/// <summary>What holds of every exhibit, and what one needs to go live.</summary>
internal static partial class ExhibitRules
{
    public const int LongestId = 64;
    public const int HighestHall = 99;
    private const int LongestLine = 500;
    private const int MostItems = 50;
    private const int LongestCategory = 64;

    // Every list carries them, wrapped in up to four levels more, and no JSON here is deeper than 16.
    private const int LargestMetadata = 16 * 1024;
    private const int DeepestMetadata = 8;

    // An hour of reading aloud; the house's own texts have 300 words.
    private const int LongestText = 60_000;

    public static bool IsId(string id) => id.Length <= LongestId && IdPattern().IsMatch(id);

    /// <summary>
    /// An id for a title: <c>The Vase, 1820</c> is <c>the-vase-1820</c>; empty when no Latin letter or digit is in it. What loses letters on the way,
    /// as <c>1820年的花瓶</c> does, ends with a hash of the whole: another vase of 1820 is another exhibit.
    /// </summary>
    public static string IdOf(string title)
    {
        var folded = Folding.Fold(title);
        var id = string.Join('-', EnglishWords.Of(folded).Select(w => string.Concat(w.Where(char.IsAsciiLetterOrDigit))).Where(w => w.Length > 0));
        if (id.Length == 0 || (id.Length <= LongestId && !folded.EnumerateRunes().Any(r => Rune.IsLetterOrDigit(r) && !r.IsAscii)))
        {
            return id;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folded)))[..12];
        return $"{id[..Math.Min(id.Length, LongestId - 13)].Trim('-')}-{hash}";
    }

    /// <summary>Whether two exhibits have a title in common, whatever its signs and spaces.</summary>
    public static bool ShareTitle(ExhibitDocument? one, ExhibitDocument other) =>
        one is not null && Tongues.All.Any(t => Letters(other.Title[t]) is { Length: > 0 } title && Tongues.All.Any(u => Letters(one.Title[u]) == title));

    /// <summary>What may not even be kept as a draft.</summary>
    public static IReadOnlyList<Finding> Faults(ExhibitDocument document)
    {
        var faults = new List<Finding>();
        if (document.Hall is < 1 or > HighestHall)
        {
            faults.Add(new Finding("hall", $"A hall has a number from 1 to {HighestHall}."));
        }

        foreach (var (path, text) in Lines(document).Where(l => l.Text.Length > LongestLine))
        {
            faults.Add(new Finding(path, $"At most {LongestLine} characters; these are {text.Length}."));
        }

        foreach (var (path, count) in Lists(document).Where(l => l.Count > MostItems))
        {
            faults.Add(new Finding(path, $"At most {MostItems}; these are {count}."));
        }

        foreach (var tongue in Tongues.All)
        {
            var length = document.Body[tongue].Sum(s => s.Paragraphs.Sum(p => p.Length));
            if (length > LongestText)
            {
                faults.Add(new Finding($"body.{tongue.Code()}", $"At most {LongestText} characters; these are {length}."));
            }
        }

        if (document.Artifact is { } artifact)
        {
            faults.AddRange(Faults(artifact));
        }

        return faults;
    }

    private static IEnumerable<Finding> Faults(ArtifactData artifact)
    {
        foreach (var (path, text, longest) in new[]
        {
            ("category", artifact.Category, LongestCategory), ("source_type", artifact.SourceType, LongestCategory), ("source_path", artifact.SourcePath, LongestLine),
        })
        {
            if (text?.Length > longest)
            {
                yield return new Finding($"artifact.{path}", $"At most {longest} characters; these are {text.Length}.");
            }
        }

        if (artifact.Metadata is { } metadata && (metadata.Values.Any(v => DepthOf(v) >= DeepestMetadata) || metadata.Sum(m => m.Key.Length + m.Value.GetRawText().Length) > LargestMetadata))
        {
            yield return new Finding("artifact.metadata", $"At most {LargestMetadata} characters of JSON, {DeepestMetadata} levels deep.");
        }
    }

    private static int DepthOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(m => DepthOf(m.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };

    /// <summary>A title and a text, both in at least one language.</summary>
    public static bool CanGoLive(ExhibitDocument document) => Tongues.All.Any(t => document.Title[t].Length > 0 && document.Body[t].Count > 0);

    /// <summary>What is not written yet, as paths; of what one language has, the other's too.</summary>
    public static IReadOnlyList<string> Missing(ExhibitDocument document)
    {
        var missing = new List<string>();
        foreach (var (path, has) in Parts(document))
        {
            missing.AddRange(Tongues.All.Where(t => !has(t)).Select(t => $"{path}.{t.Code()}"));
        }

        return missing;
    }

    private static string Letters(string title) => string.Concat(Folding.Fold(title).EnumerateRunes().Where(Rune.IsLetterOrDigit));

    private static IEnumerable<(string Path, Func<Tongue, bool> Has)> Parts(ExhibitDocument d) =>
    [
        ("title", t => d.Title[t].Length > 0),
        ("body", t => d.Body[t].Count > 0),
        .. Data(d).Where(x => x.Value.En.Length + x.Value.Zh.Length > 0).Select(x => (x.Path, (Func<Tongue, bool>)(t => x.Value[t].Length > 0))),
        .. new[] { ("aliases", d.Aliases), ("suggested", d.Suggested) }
            .Where(x => x.Item2.En.Count + x.Item2.Zh.Count > 0).Select(x => (x.Item1, (Func<Tongue, bool>)(t => x.Item2[t].Count > 0))),
    ];

    private static (string Path, Localized<string> Value)[] Data(ExhibitDocument d) =>
        [("maker", d.Maker), ("date", d.Date), ("material", d.Material), ("found", d.Found), ("home", d.Home)];

    private static IEnumerable<(string Path, string Text)> Lines(ExhibitDocument d) =>
        Tongues.All.SelectMany(t => Data(d).Append(("title", d.Title)).Select(x => ($"{x.Item1}.{t.Code()}", x.Item2[t]))
            .Concat(d.Aliases[t].Select(a => ($"aliases.{t.Code()}", a)))
            .Concat(d.Tags[t].Select(a => ($"tags.{t.Code()}", a)))
            .Concat(d.Suggested[t].Select(a => ($"suggested.{t.Code()}", a)))
            .Concat(d.Body[t].Select(s => ($"body.{t.Code()}", s.Heading))))
            .Concat(d.Sources.Select(s => ("sources", s)));

    private static IEnumerable<(string Path, int Count)> Lists(ExhibitDocument d) =>
        Tongues.All.SelectMany(t => new[]
        {
            ($"aliases.{t.Code()}", d.Aliases[t].Count), ($"tags.{t.Code()}", d.Tags[t].Count), ($"suggested.{t.Code()}", d.Suggested[t].Count), ($"body.{t.Code()}", d.Body[t].Count),
        }).Append(("sources", d.Sources.Count));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex IdPattern();
}
