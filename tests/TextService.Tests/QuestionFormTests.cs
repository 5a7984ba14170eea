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
}
