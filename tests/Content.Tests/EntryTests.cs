using System.Text.RegularExpressions;
using Museum.TextService.Content;
using Museum.TextService.Language;
using YamlDotNet.RepresentationModel;

namespace Content.Tests;

/// <summary>Holds every entry of the museum to content/README.md.</summary>
public sealed partial class EntryTests
{
    private static readonly string Folder = Path.Combine(Root(), "content");

    private static readonly List<string> Names = [.. Directory.EnumerateFiles(Path.Combine(Folder, "exhibits"), "*.md").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => [.. Names];

    [Fact]
    public void The_museum_has_its_72_exhibits() => Assert.Equal(72, Names.Count);

    [Theory]
    [MemberData(nameof(Files))]
    public void An_entry_can_be_read_and_hangs_in_a_hall_that_exists(string file)
    {
        var exhibit = Read(file);
        Assert.Contains(Halls(), h => h.Number == exhibit.Hall);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_texts_have_four_sections_and_the_length_that_can_be_listened_to(string file)
    {
        var exhibit = Read(file);
        Assert.All(Tongues.All, t => Assert.Equal(4, exhibit.Body[t].Count));
        var words = Text(exhibit, Tongue.En).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.InRange(words, 150, 400);
        Assert.InRange(Text(exhibit, Tongue.Zh).Count(Han.Is), 280, 700);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Three_questions_are_suggested_in_each_language(string file)
    {
        var exhibit = Read(file);
        Assert.All(Tongues.All, t => Assert.Equal(3, exhibit.Suggested[t].Distinct().Count()));
        Assert.InRange(exhibit.Sources.Count, 1, 6);
        Assert.DoesNotContain(exhibit.Sources, s => s.Contains("http", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_fact_of_the_test_questions_stands_in_the_text(string file)
    {
        var exhibit = Read(file);
        foreach (var tongue in Tongues.All)
        {
            var questions = Questions(file, tongue);
            Assert.True(questions.Count >= 6, $"{file}: only {questions.Count} questions in {tongue.Code()}");
            Assert.Equal(questions.Count, questions.Select(q => q.Ask).Distinct().Count());
            Assert.All(questions, q => Assert.Contains(q.Fact, Text(exhibit, tongue), StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Chinese_has_full_width_marks_and_English_has_none(string file)
    {
        var exhibit = Read(file);
        Assert.DoesNotMatch(HalfWidth(), Text(exhibit, Tongue.Zh));
        Assert.DoesNotMatch(FullWidth(), Text(exhibit, Tongue.En));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_texts_are_plain_prose(string file)
    {
        var exhibit = Read(file);
        Assert.All(Tongues.All, t => Assert.DoesNotMatch(Markup(), Text(exhibit, t)));
    }

    [Fact]
    public void No_two_exhibits_share_a_title_or_an_alias()
    {
        var names = Names.Select(Read)
            .SelectMany(e => Tongues.All.SelectMany(t => e.Aliases[t].Prepend(e.Title[t]).Select(n => (Name: Folding.Fold(n), e.Id))).Distinct())
            .Distinct();
        Assert.DoesNotContain(names.GroupBy(n => n.Name), g => g.Count() > 1);
    }

    private static Exhibit Read(string file) => EntryReader.Read(file, File.ReadAllText(Path.Combine(Folder, "exhibits", file)));

    private static IReadOnlyList<Hall> Halls() => HallList.Read("halls.yaml", File.ReadAllText(Path.Combine(Folder, "halls.yaml")));

    private static string Text(Exhibit exhibit, Tongue tongue) => string.Join(' ', exhibit.Body[tongue].SelectMany(s => s.Paragraphs));

    private static List<(string Ask, string Fact)> Questions(string file, Tongue tongue)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Path.Combine(Folder, "exhibits", file)).Split("\n---\n")[0]));
        var questions = (YamlSequenceNode)stream.Documents[0].RootNode["questions"][tongue.Code()];
        return [.. questions.Select(q => (q["ask"].ToString(), q["fact"].ToString()))];
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Museum.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Museum.sln is above no parent of the tests.");
        }

        return folder;
    }

    [GeneratedRegex(@"(?<!\d)[,;:!?]|[,;:!?](?!\d)|[()]")]
    private static partial Regex HalfWidth();

    [GeneratedRegex("[，。；：！？（）《》、]")]
    private static partial Regex FullWidth();

    [GeneratedRegex(@"\*\*|__|\]\(|`|^\s*[-*|] |≈|~", RegexOptions.Multiline)]
    private static partial Regex Markup();
}
