using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace TextService.Tests;

/// <summary>Words put right against a museum that this repository has nothing of: the rules know no exhibit.</summary>
public sealed class EnglishRepairTests
{
    private static readonly ContentIndex Harbour = new(
        [
            Entry("clipper", "Clipper Thermopylae", "Walter Hood", "The Clipper Thermopylae was built by Walter Hood in Aberdeen in 1868. Her captain carried tea from Foochow, and the crew sang on the long voyage."),
            Entry("astrolabe", "Astrolabe of Barsauma", "Ibrahim of Toledo", "The Astrolabe of Barsauma was made of brass in Toledo about 1029. Sailors measured the height of the stars with it."),
            Entry("figurehead", "Figurehead of the Belzoni", "Unknown carver", "The Figurehead of the Belzoni was carved from oak. It shows a woman who points to the horizon."),
        ],
        [],
        "harbour",
        1);

    [Theory]
    [InlineData("how old is the clipper thermo pie lee", "how old is the clipper thermopylae")]
    [InlineData("who made the astro lab of bar sow ma", "who made the astrolabe of barsauma")]
    [InlineData("what is the figure head of the bell sony made of", "what is the figurehead of the belzoni made of")]
    public void A_name_that_a_recogniser_took_for_other_words_is_heard_in_them(string heard, string meant) => Assert.Equal(meant, Repaired(heard));

    [Theory]
    [InlineData("Wich capten sailed teh cliper?", "which captain sailed the clipper")]
    [InlineData("howmany sailers where there", "how many sailors where there")]
    [InlineData("what did they mesure with the astrolobe", "what did they measure with the astrolabe")]
    public void Slips_of_the_finger_are_put_right(string typed, string meant) => Assert.Equal(meant, Repaired(typed));

    [Theory]
    [InlineData("do kids get ice cream here")]
    [InlineData("where can we buy pizza and lemonade")]
    [InlineData("my uncle is a plumber from Osaka")]
    public void Everyday_words_stay_what_they_are(string text) => Assert.Equal(text.ToLowerInvariant(), Repaired(text));

    [Fact]
    public void No_name_is_heard_across_a_comma() => Assert.Equal("the astro lab is nice", Repaired("the astro, lab is nice"));

    private static string Repaired(string text) => string.Join(' ', EnglishRepair.Repair(text, Harbour));

    private static Exhibit Entry(string id, string title, string maker, string text) => new()
    {
        Id = id,
        Hall = 1,
        Title = new(title, title),
        Aliases = new([], []),
        Maker = new(maker, maker),
        Date = new("1868", "1868"),
        Material = new("oak", "橡木"),
        Found = new("sea", "海"),
        Home = new("harbour", "港"),
        Tags = new([], []),
        Sources = [],
        Suggested = new([], []),
        Body = new([new Section("What it is", [text])], [new Section("这是什么", ["一艘船。"])]),
    };
}
