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

    /// <summary>Every question, with the id of the exhibit that it is about.</summary>
    public static IReadOnlyList<(string Exhibit, string Question)> OfExhibits(string folder, string language) =>
        [.. Entries(folder).SelectMany(entry => entry.questions[language].Select(question => (entry.id, question["ask"])))];

    private static IEnumerable<IReadOnlyList<string>> Exhibits(string folder, string language) =>
        Entries(folder).Select(entry => entry.questions[language].ConvertAll(question => question["ask"]));

    private static IEnumerable<Entry> Entries(string folder)
    {
        var yaml = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();
        return Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(file => yaml.Deserialize<Entry>(File.ReadAllText(file).Split("---\n", 3)[1]));
    }

    private sealed class Entry
    {
        // Named as in the front matter.
        public string id { get; init; } = "";

        public Dictionary<string, List<Dictionary<string, string>>> questions { get; init; } = [];
    }
}
