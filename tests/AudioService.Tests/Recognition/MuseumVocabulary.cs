using System.Text.RegularExpressions;
using Museum.Text.V1;

namespace Museum.AudioService.Tests.Recognition;

/// <summary>What TextService would say of the sample museum's English, read from the curators' files.</summary>
internal static partial class MuseumVocabulary
{
    public static VocabularyResponse Read(string version = "v1")
    {
        var entries = Files().Select(File.ReadAllText).Select(text => text.Split("---\n", 3)).ToList();
        var titles = entries.SelectMany(e => Of(e[1], "title").Concat(Of(e[1], "aliases"))).ToList();
        var makers = entries.SelectMany(e => Of(e[1], "maker")).ToList();
        var questions = entries.SelectMany(e => Of(e[1], "suggested")).ToList();
        return new VocabularyResponse
        {
            ContentVersion = version,
            Titles = { titles },
            Makers = { makers },
            Names = { titles, makers },
            Questions = { questions },
            Sentences = { entries.SelectMany(e => Sentence().Matches(e[2].Split("<!-- zh -->")[0]).Select(m => m.Value)).Concat(questions) },
        };
    }

    private static IEnumerable<string> Files()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "content", "exhibits")))
        {
            folder = folder.Parent!;
        }

        return Directory.GetFiles(Path.Combine(folder.FullName, "content", "exhibits"), "*.md").Order();
    }

    // title: { en: "The Great Wave", zh: … } or, on lines of their own, en: ["…", "…"]
    private static IEnumerable<string> Of(string frontMatter, string key)
    {
        var block = Regex.Match(frontMatter, $@"^{key}:(.*(?:\n .*)*)", RegexOptions.Multiline).Groups[1].Value;
        var english = Regex.Match(block, @"en: (\[.*\]|""[^""]*"")").Groups[1].Value;
        return Quoted().Matches(english).Select(m => m.Groups[1].Value);
    }

    [GeneratedRegex(@"""([^""]*)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<=^|[.!?] )[A-Z][^.!?\n]{10,}[.!?]", RegexOptions.Multiline)]
    private static partial Regex Sentence();
}
