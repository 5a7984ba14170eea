using System.Collections.Frozen;

namespace Museum.TextService.Language;

/// <summary>Words that stand for one another in questions about things in a museum. A concept's name begins with #.</summary>
internal static partial class EnglishConcepts
{
    public static IReadOnlyList<string> Of(string stem) => ByStem.TryGetValue(stem, out var concepts) ? concepts : [];

    /// <summary>What a word is one of: a dog of animals. Only the kind stands for its members, so that nobody who asks for a dog is told of a cat.</summary>
    public static IReadOnlyList<string> KindsOf(string stem) => KindsByMember.TryGetValue(stem, out var kinds) ? kinds : [];

    /// <summary>The concept of a word that names such a kind; null: it names none.</summary>
    public static string? KindNamed(string stem) => KindsByName.GetValueOrDefault(stem);

    private static readonly FrozenDictionary<string, string[]> ByStem = Grouped(Usual + "\n" + Further, "#");

    private static readonly FrozenDictionary<string, string[]> KindsByMember = Grouped(Kinds, "#is:");

    private static readonly FrozenDictionary<string, string> KindsByName = Lines(Kinds)
        .SelectMany(line => line.Names.Select(name => (Stem: EnglishStemmer.Stem(name), Concept: "#is:" + line.Names[0])))
        .DistinctBy(p => p.Stem).ToFrozenDictionary(p => p.Stem, p => p.Concept);

    private static FrozenDictionary<string, string[]> Grouped(string lines, string mark) => Lines(lines)
        .SelectMany(line => line.Words.Select(word => (Stem: EnglishStemmer.Stem(word), Concept: mark + line.Names[0])))
        .Distinct()
        .GroupBy(p => p.Stem, p => p.Concept)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    private static IEnumerable<(string[] Names, string[] Words)> Lines(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':'))
        .Select(parts => (parts[0].Split(' '), parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
