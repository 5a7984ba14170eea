using Museum.TextService.Answers;
using Museum.TextService.Functions;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Museum.TextService.Tours;

namespace Museum.TextService.Generation;

/// <summary>Answers with the curators' own sentences, or says that they do not say.</summary>
internal sealed class ExtractionComposer : IComposer
{
    public const string Name = "extraction";

    public async IAsyncEnumerable<Piece> ComposeAsync(Turn turn, IFunctionResults results, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return new Piece.By(Name);
        var about = turn.Evidence.Answer.Select(c => c.Sentence.Exhibit).Distinct().ToList();
        if (Toolbox.Show(about, turn.Request.Functions, turn.Question.Place.Exhibit, turn.Index, turn.Question.Answer) is { } show)
        {
            yield return show;
        }

        yield return new Piece.Text(Text(turn));
        await Task.CompletedTask;
    }

    /// <summary>The whole answer.</summary>
    public static string Text(Turn turn)
    {
        var tongue = turn.Question.Answer;
        if (SmallTalk(turn) is { } talk)
        {
            return talk;
        }

        var between = tongue == Tongue.Zh ? "" : " ";
        if (turn.Evidence.Grounded)
        {
            return Quote(turn.Evidence, tongue);
        }

        return turn.Evidence.WhichOne ? Wordings.WhichOne[tongue] : Wordings.DontKnow[tongue] + between + Nearby(turn);
    }

    // What is known of what was asked about, in place of what is not.
    private static string Nearby(Turn turn) => turn.Question.About is { } exhibit
        ? Wordings.Nearby(turn.Index.Exhibits[exhibit], turn.Question.Answer)
        : Wordings.AskOther[turn.Question.Answer];

    /// <summary>What the content answers.</summary>
    public static string Quote(Evidence evidence, Tongue tongue)
    {
        var between = tongue == Tongue.Zh ? "" : " ";
        var said = string.Join(between, evidence.Answer.Select(c => c.Sentence.Text).Append(evidence.Conclusion).Where(t => t.Length > 0));
        return evidence.Corrects ? Wordings.Correction[tongue] + between + said : said;
    }

    /// <summary>What is said to words that ask nothing of the texts; null when they do.</summary>
    public static string? SmallTalk(Turn turn)
    {
        var tongue = turn.Question.Answer;
        var hall = turn.Index.Halls.FirstOrDefault(h => h.Number == turn.SmallTalk.Hall);
        return turn.SmallTalk.Kind switch
        {
            SmallTalkKind.Greeting => Wordings.Greeting[tongue],
            SmallTalkKind.Thanks => Wordings.Welcome[tongue],
            SmallTalkKind.Farewell => Wordings.Farewell[tongue],
            SmallTalkKind.NextStop when TourGuide.Look(turn.Tour, tongue, turn.Index) is { Next: [var stop, ..] } => stop.Invitation,
            SmallTalkKind.Abilities or SmallTalkKind.NextStop => Wordings.Abilities(turn.Index, tongue),
            SmallTalkKind.Hall when hall is not null => Wordings.HallList(turn.Index, hall, tongue),
            _ => null,
        };
    }
}
