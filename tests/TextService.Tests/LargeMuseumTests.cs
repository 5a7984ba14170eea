using Museum.TextService.Answers;
using Museum.TextService.Content;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Museum.TextService.Retrieval;

namespace TextService.Tests;

/// <summary>What a museum of thousands of entries must not be made to do, and still finds.</summary>
public sealed class LargeMuseumTests
{
    private const int Works = 300;
    private const int Heron = 250;

    [Theory]
    [InlineData("Which vase by Maria Okonjo shows a blue heron over reeds?")]
    [InlineData("玛丽亚·奥孔乔做的哪个花瓶上画着蓝色的苍鹭？")]
    public async Task Of_a_maker_of_hundreds_of_works_the_one_that_is_meant_is_found_and_few_are_weighed(string ask)
    {
        using var index = Index("Maria Okonjo", "玛丽亚·奥孔乔");
        var evidence = await RagProcessor.RetrieveAsync(Parser.Parse(ask, null, [], index), index, new RetrievalOptions(), CancellationToken.None);
        Assert.Equal(Heron, evidence.Answer[0].Sentence.Exhibit);
        Assert.InRange(evidence.Exhibits.Count, 1, 100);
    }

    [Theory]
    [InlineData("Unknown", "佚名", "Who is unknown here?", "不详")]
    [InlineData("Anonymous", "无名氏", "an anonymous person", "无名氏是谁")]
    [InlineData("Unknown Jewellers", "不详", "the unknown jewellers", "作者不详")]
    public void Nobody_is_no_maker(string maker, string chinese, string english, string text)
    {
        using var index = Index(maker, chinese);
        Assert.Empty(index.EnglishNames.Find(EnglishWords.Of(english), index.Owns));
        Assert.Empty(index.ChineseNames.Find(ChineseNames.Plain(text), []));
    }

    [Fact]
    public void Among_more_vectors_than_a_question_can_read_the_nearest_is_found_by_the_exhibits_as_wholes()
    {
        var passages = Enumerable.Range(0, 10_500).SelectMany(e => new[] { Direction(e), Direction(e + 0.001) }.Select(v => (e, v))).ToList();
        var index = new VectorIndex(null!, passages);
        Assert.Equal([4_711, 4_710, 4_712], index.Nearest(Direction(4_711.0005), 3).Order().OrderBy(e => Math.Abs(e - 4_711)).ThenBy(e => e));
    }

    // Each exhibit points another way in the half plane.
    private static float[] Direction(double exhibit) => [(float)Math.Cos(exhibit / 10_500 * Math.PI), (float)Math.Sin(exhibit / 10_500 * Math.PI)];

    private static ContentIndex Index(string maker, string chineseMaker) => new([.. Enumerable.Range(0, Works).Select(i => Vase(i, maker, chineseMaker))], [], "vases", 1);

    private static Exhibit Vase(int number, string maker, string chineseMaker)
    {
        var (en, zh) = number == Heron ? ("It shows a blue heron over reeds.", "花瓶上画着一只蓝色的苍鹭，下面是芦苇。") : ("It shows waves and clouds.", "花瓶上画着波浪和云。");
        return new Exhibit
        {
            Id = $"vase-{number}",
            Hall = 1,
            Title = new($"Kiln Vase {number}", $"窑瓶{number}"),
            Aliases = new([], []),
            Maker = new(maker, chineseMaker),
            Date = new("1820", "1820年"),
            Material = new("clay", "黏土"),
            Found = new("", ""),
            Home = new("", ""),
            Tags = new([], []),
            Sources = [],
            Suggested = new([], []),
            Body = new(
                [new("What it is", [$"Kiln Vase {number} was made by {maker} in 1820. {en}"])],
                [new("这是什么", [$"窑瓶{number}由{chineseMaker}于1820年制作。{zh}"])]),
        };
    }
}
