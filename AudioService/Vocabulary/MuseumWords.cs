using System.Text.RegularExpressions;
using Museum.Text.V1;

namespace Museum.AudioService.Vocabulary;

/// <summary>What the content has that visitors may say, of one language and one version.</summary>
internal sealed partial record MuseumWords(string Version, IReadOnlyList<string> Titles, IReadOnlyList<string> Makers)
{
    // The longest name that anyone says to its end.
    private const int MostNameWords = 4;

    private static readonly HashSet<string> Particles = ["da", "de", "del", "der", "di", "van", "von", "the", "of"];

    /// <summary>Materials and places: what answers speak of and questions take up.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
    public IReadOnlyList<string> Sentences { get; init; } = [];
    public IReadOnlyList<string> Questions { get; init; } = [];

    public static MuseumWords Of(VocabularyResponse vocabulary) => new(vocabulary.ContentVersion, vocabulary.Titles, vocabulary.Makers)
    {
        Details = [.. vocabulary.Materials, .. vocabulary.Places],
        Sentences = vocabulary.Sentences,
        Questions = vocabulary.Questions,
    };

    /// <summary>The people among the makers, each by the whole name and the surname: of "Unknown Greek sculptor" nobody.</summary>
    public IEnumerable<string> MakerNames => Makers
        .SelectMany(maker => Separator().Split(maker))
        .Select(name => name.Trim())
        .Where(IsName)
        .SelectMany(name => name.Split(' ') is { Length: > 1 } parts ? [name, parts[^1]] : (string[])[name])
        .Distinct();

    private static bool IsName(string name)
    {
        var words = name.Split(' ');
        return words.Length <= MostNameWords && words.All(word => word.Length > 0 && (char.IsUpper(word[0]) || Particles.Contains(word)));
    }

    [GeneratedRegex("[;,()]| and ")]
    private static partial Regex Separator();
}
