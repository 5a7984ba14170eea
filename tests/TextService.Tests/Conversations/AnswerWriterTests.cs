using Museum.ServiceDefaults.Resilience;
using Museum.TextService.Answers;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace TextService.Tests.Conversations;

/// <summary>When what is written may be spoken.</summary>
public sealed class AnswerWriterTests
{
    [Theory]
    [InlineData("He painted it in 1889.")]
    [InlineData("He painted it in 1889. ")]
    public async Task A_whole_sentence_is_told_at_once_and_not_with_the_next(string written)
    {
        var index = await MuseumContent.IndexAsync();
        var nothing = new Evidence { Grounded = false, Best = [], Answer = [], Exhibits = [] };
        var question = Parser.Parse("When was it painted?", Tongue.En, [], index);
        var turn = new Turn(new TurnRequest { Text = question.Text }, question, nothing, index, SmallTalkReader.Read(question), [], new TurnBudget(TimeSpan.FromMinutes(1), TimeProvider.System));
        var writer = new AnswerWriter(new Support(turn), Tongue.En);
        var parts = writer.Take(new Piece.By("model")).Concat(writer.Take(new Piece.Sentence(written))).ToList();
        Assert.Equal((0, "He painted it in 1889."), parts.OfType<AnswerPart.Sentence>().Select(s => (s.Sequence, s.Text)).Single());
        Assert.Equal(written, string.Concat(parts.OfType<AnswerPart.Delta>().Select(d => d.Text)));
    }
}
