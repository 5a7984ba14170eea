using Museum.TextService.Answers;
using Museum.TextService.Grounding;
using Museum.TextService.Questions;

namespace TextService.Tests;

/// <summary>Works whose ownership is contested.</summary>
public sealed class ContestedTests
{
    [Theory]
    [InlineData("parthenon-sculptures", "Were the Parthenon Sculptures stolen?", "Lord Elgin", "asked for the Parthenon Sculptures to be reunited")]
    [InlineData("parthenon-sculptures", "Does Greece want the Parthenon Sculptures back, do they belong there?", "asked for the Parthenon Sculptures to be reunited", "removed about half")]
    [InlineData("hoa-hakananaia", "Should Hoa Hakananai'a be given back?", "HMS Topaze took", "come home")]
    [InlineData("benin-bronzes", "Who looted the Benin Bronzes?", "looted in February 1897", "transferred ownership")]
    [InlineData("hoa-hakananaia", "霍亚·哈卡纳奈亚是被抢走的吗？", "黄玉号", "请求让")]
    public async Task A_question_of_whose_it_is_is_answered_with_both_sides(string exhibit, string ask, string found, string other)
    {
        var (before, after) = await BothAsync(exhibit, ask, found);
        Assert.DoesNotContain(other, before, StringComparison.Ordinal);
        Assert.StartsWith(before, after, StringComparison.Ordinal);
        Assert.Contains(other, after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parthenon-sculptures", "Who was Lord Elgin?", "Lord Elgin")]
    [InlineData("starry-night", "Was The Starry Night stolen?", "1889")]
    public async Task No_other_question_is_and_of_no_other_work(string exhibit, string ask, string found)
    {
        var (before, after) = await BothAsync(exhibit, ask, found);
        Assert.Equal(before, after);
    }

    private static async Task<(string Before, string After)> BothAsync(string id, string ask, string found)
    {
        var index = await MuseumContent.IndexAsync();
        var question = Parser.Parse(ask, null, [], index);
        var sentence = index.Sentences(index.NumberOf(id)!.Value, question.Answer).First(s => s.Text.Contains(found, StringComparison.Ordinal));
        var candidate = new Candidate(sentence, 1, 1, 1);
        var evidence = new Evidence { Grounded = true, Best = [candidate], Answer = [candidate], Exhibits = [sentence.Exhibit] };
        return (Told(evidence), Told(Contested.Both(evidence, question, index)));
    }

    private static string Told(Evidence evidence) => string.Join(' ', evidence.Answer.Select(c => c.Sentence.Text));
}
