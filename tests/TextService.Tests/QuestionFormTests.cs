using Museum.TextService.Questions;

namespace TextService.Tests;

/// <summary>Forms of questions, whatever they are about.</summary>
public sealed class QuestionFormTests
{
    [Theory]
    [InlineData("My son wants to know who painted Guernica", "Pablo Picasso")]
    [InlineData("Our teacher asked us… sorry, our teacher asked why the Hope Diamond is blue", "boron")]
    [InlineData("At what temperature is Ötzi kept?", "six degrees below zero")]
    [InlineData("What are the two insects on the Jadeite Cabbage supposed to tell us?", "many children")]
    [InlineData("Which picture shows thirteen men along one side of a table, and who painted it?", "Leonardo da Vinci")]
    [InlineData("Where was the sky disk found?", "Mittelberg")]
    [InlineData("何尊当废铜卖了多少钱？", "30元")]
    [InlineData("《戴珍珠耳环的少女》在拍卖会上卖了多少钱？", "两荷兰盾")]
    [InlineData("Who had paid for the Diamond Sutra to be printed?", "Wang Jie")]
    [InlineData("Where did the stone for the Olmec head come from?", "Tuxtla")]
    [InlineData("I'm a maths student: roughly how many possible settings did a military Enigma have?", "150 million million million")]
    public async Task It_is_answered(string ask, string fact) => Assert.Contains(fact, (await MuseumContent.AskAsync(ask)).Answer, StringComparison.Ordinal);

    [Theory]
    [InlineData("How much would the Hope Diamond fetch at an auction today?")]
    [InlineData("What might the Rosetta Stone cost?")]
    [InlineData("希望钻石要是今天拍卖能卖多少钱？")]
    public async Task A_price_that_no_text_names_is_not_guessed(string ask)
    {
        var (question, evidence, _) = await MuseumContent.AskAsync(ask);
        Assert.Equal(QuestionKind.Price, question.Kind);
        Assert.False(evidence.Grounded);
    }

    [Theory]
    [InlineData("What did Leonardo drink while he painted the Mona Lisa?", "mona-lisa")]
    [InlineData("What did Rodin wear when he made the first figure of The Thinker?", "thinker")]
    [InlineData("What did the Wright brothers sing on the morning of their flight?", "wright-flyer")]
    [InlineData("Which musical instrument did van Gogh play at the time of The Starry Night?", "starry-night")]
    [InlineData("达·芬奇画《蒙娜丽莎》的时候喝什么？", "mona-lisa")]
    [InlineData("莱特兄弟试飞那天穿的是什么？", "wright-flyer")]
    public async Task What_no_text_tells_of_whom_all_texts_speak_is_not_answered_with_something_else(string ask, string about)
    {
        var (question, evidence, _) = await MuseumContent.AskAsync(ask);
        Assert.False(evidence.Grounded);
        Assert.Equal(about, (await MuseumContent.IndexAsync()).Exhibits[question.About!.Value].Id);
    }

    [Theory]
    [InlineData("My guidebook says the Sword of Goujian is made of iron", "bronze")]
    [InlineData("I read somewhere that Guernica was painted by Monet", "Pablo Picasso")]
    [InlineData("《呐喊》不是梵高画的吗？", "蒙克")]
    public async Task What_somebody_else_has_said_is_put_right(string said, string fact)
    {
        var (_, evidence, answer) = await MuseumContent.AskAsync(said);
        Assert.True(evidence.Corrects);
        Assert.Contains(fact, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comma_in_a_name_ends_nothing()
    {
        var (question, _, _) = await MuseumContent.AskAsync("When were The Kiss and Impression, Sunrise painted?");
        var index = await MuseumContent.IndexAsync();
        Assert.Equal(["impression-sunrise", "klimt-kiss"], question.Mentions.SelectMany(m => m.Exhibits).Select(e => index.Exhibits[e].Id).Distinct().Order());
    }

    [Fact]
    public async Task Somewhere_asks_for_no_place()
    {
        PastMessage[] history = [new(true, "Who painted the Arnolfini Portrait?")];
        var (question, _, _) = await MuseumContent.AskAsync("Did he sign it somewhere?", null, history);
        Assert.Equal(QuestionKind.YesNo, question.Kind);
    }
}
