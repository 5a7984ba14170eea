using YamlDotNet.Serialization;

namespace Museum.Benchmarks.Visitors.Questions;

/// <summary>The content's own test questions.</summary>
public static class QuestionSet
{
    /// <summary>One per exhibit, spread over the museum.</summary>
    public static IReadOnlyList<string> Read(string folder, string language, int count) =>
        [.. Exhibits(folder, language).Select((questions, i) => questions[i % questions.Count]).Take(count)];

    /// <summary>Every question of every exhibit.</summary>
    public static IReadOnlyList<string> All(string folder, string language) => [.. Exhibits(folder, language).SelectMany(questions => questions)];

    private static IEnumerable<IReadOnlyList<string>> Exhibits(string folder, string language)
    {
        var yaml = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();
        return Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)
            .Select(file => yaml.Deserialize<Entry>(File.ReadAllText(file).Split("---\n", 3)[1]))
            .Select(entry => entry.questions[language].ConvertAll(question => question["ask"]));
    }

    private sealed class Entry
    {
        // Named as in the front matter.
        public Dictionary<string, List<Dictionary<string, string>>> questions { get; init; } = [];
    }
}
