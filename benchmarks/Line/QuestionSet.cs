using YamlDotNet.Serialization;

namespace Museum.Benchmarks.Line;

/// <summary>The content's own test questions, one per exhibit, spread over the museum.</summary>
internal static class QuestionSet
{
    public static IReadOnlyList<string> Read(string folder, string language, int count)
    {
        var yaml = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();
        return
        [
            .. Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal)
                .Select((file, i) => Question(yaml.Deserialize<Entry>(File.ReadAllText(file).Split("---\n", 3)[1]), language, i))
                .Take(count),
        ];
    }

    private static string Question(Entry entry, string language, int index)
    {
        var questions = entry.questions[language];
        return questions[index % questions.Count]["ask"];
    }

    private sealed class Entry
    {
        // Named as in the front matter.
        public Dictionary<string, List<Dictionary<string, string>>> questions { get; init; } = [];
    }
}
