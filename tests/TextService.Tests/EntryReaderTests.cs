using Museum.TextService.Content;
using Museum.TextService.Language;

namespace TextService.Tests;

public sealed class EntryReaderTests
{
    [Fact]
    public void Front_matter_of_nothing_but_brackets_is_a_faulty_entry_and_not_the_end_of_the_process()
    {
        var fault = Assert.Throws<EntryException>(() => FrontMatter.Parse("vase.md", 2, "title: " + new string('[', 60_000)));
        Assert.Contains("levels", fault.Reason, StringComparison.Ordinal);
        Assert.Throws<EntryException>(() => FrontMatter.Parse("vase.md", 2, "title: " + new string('a', 70_000)));
        Assert.Throws<EntryException>(() => HallList.Read("halls.yaml", new string('[', 60_000)));
    }

    [Fact]
    public void An_entry_is_read_in_both_languages()
    {
        var exhibit = EntryReader.Read("vase.md", SampleEntry.Text());
        Assert.Equal("vase", exhibit.Id);
        Assert.Equal("The Vase", exhibit.Title.En);
        Assert.Equal("花瓶", exhibit.Title[Tongue.Zh]);
        Assert.Equal("What it is", exhibit.Body.En[0].Heading);
        Assert.Equal(["The Vase is made of glass."], exhibit.Body.En[0].Paragraphs);
        Assert.Equal(["花瓶是用玻璃做的。"], exhibit.Body.Zh[0].Paragraphs);
    }

    [Fact]
    public void Test_questions_are_left_where_they_are()
    {
        var exhibit = EntryReader.Read("vase.md", SampleEntry.Text());
        Assert.DoesNotContain("xylophone", System.Text.Json.JsonSerializer.Serialize(exhibit), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hall: 3", "hall: three", 3, "hall")]
    [InlineData("hall: 3\n", "", 2, "'hall' is missing")]
    [InlineData("""title: { en: "The Vase", zh: "花瓶" }""", """title: { en: "The Vase" }""", 4, "'title.zh' is missing")]
    [InlineData("""title: { en: "The Vase", zh: "花瓶" }""", """title: The Vase""", 4, "'title' needs 'en' and 'zh'")]
    [InlineData("hall: 3", "hall: 3\nhight: 5", 4, "unknown key 'hight'")]
    [InlineData("hall: 3", "hall: [3", 2, "left open")]
    [InlineData("hall: 3", "hall: \"3", 3, "")]
    [InlineData("id: vase", "id: Vase", 2, "must be the file's name")]
    [InlineData("---\nid", "id", 1, "front matter")]
    [InlineData("<!-- zh -->", "", 18, "'<!-- zh -->' is missing")]
    [InlineData("## What it is\n", "", 21, "before the first heading")]
    public void A_fault_is_named_with_file_and_line(string old, string changed, int line, string reason)
    {
        var fault = Assert.Throws<EntryException>(() => EntryReader.Read("vase.md", SampleEntry.Text().Replace(old, changed, StringComparison.Ordinal)));
        Assert.Equal("vase.md", fault.File);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.Equal(line, fault.Line);
        Assert.StartsWith($"vase.md:{line}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_do_no_harm() =>
        Assert.Equal("vase", EntryReader.Read("vase.md", "\uFEFF" + SampleEntry.Text().Replace("\n", "\r\n", StringComparison.Ordinal)).Id);

    [Fact]
    public void Halls_are_read_by_number()
    {
        var halls = HallList.Read("halls.yaml", "2: { en: B, zh: 乙 }\n1: { en: A, zh: 甲 }");
        Assert.Equal([1, 2], halls.Select(h => h.Number));
        Assert.Equal(2, Assert.Throws<EntryException>(() => HallList.Read("halls.yaml", "1: { en: A, zh: 甲 }\n2: B")).Line);
    }
}

/// <summary>A small entry to try things on.</summary>
internal static class SampleEntry
{
    public static string Text(string material = "glass", string glass = "玻璃") => $$"""
        ---
        id: vase
        hall: 3
        title: { en: "The Vase", zh: "花瓶" }
        aliases: { en: ["Zanzibar Vase"], zh: ["桑给巴尔花瓶"] }
        maker: { en: "Ada Smith", zh: "艾达·史密斯" }
        date: { en: "1820", zh: "1820年" }
        material: { en: "Glass", zh: "玻璃" }
        found: { en: "York, England", zh: "英国约克" }
        home: { en: "Vase Museum, York", zh: "约克花瓶博物馆" }
        tags: { en: ["vase"], zh: ["花瓶"] }
        sources: ["A book"]
        suggested: { en: ["What is the Zanzibar Vase made of?"], zh: ["桑给巴尔花瓶是用什么做的？"] }
        questions:
          en:
            - { ask: "Who hid the xylophone in the Zanzibar Vase?", fact: "xylophone" }
        ---

        <!-- en -->

        ## What it is
        The Vase is made of {{material}}.

        <!-- zh -->
        ## 这是什么
        花瓶是用{{glass}}做的。
        """;
}
