using Museum.TextService.Questions;

namespace Museum.TextService.Conversation;

/// <summary>Is told how turns ended and what visitors thought of them. All that are registered are told.</summary>
internal interface ITurnObserver
{
    /// <summary>Once per turn, when its answer is whole and is known to be what the visitor asked for. Returns at once and never throws.</summary>
    void Answered(AnsweredTurn turn);

    /// <summary>The last word on a turn counts.</summary>
    void Rated(TurnRating rating);
}

/// <param name="Session">Under which its history is kept; null: nothing is remembered of it (a batch).</param>
/// <param name="Turn">Counted per session.</param>
/// <param name="Question">As it was understood; holds the visitor's words.</param>
/// <param name="About">The ids of the exhibits that the answer stands on; empty when it was refused.</param>
/// <param name="Grounded">False: the content does not say, and the answer said so.</param>
/// <param name="Composer"><c>extraction</c> or the model's name.</param>
/// <param name="Ending">Whether extraction had to complete what a model began.</param>
/// <param name="Timing">Where its time went.</param>
internal sealed record AnsweredTurn(
    string? Session, long Turn, Question Question, IReadOnlyList<string> About, bool Grounded, string Composer, Ending Ending, TurnTiming Timing);

/// <param name="Session">Under which its history is kept.</param>
/// <param name="Turn">The turn that is judged.</param>
/// <param name="Good">Else bad.</param>
/// <param name="Asked">What the visitor had asked, as the session remembers it.</param>
/// <param name="About">The ids of the exhibits that the answer stood on.</param>
internal sealed record TurnRating(string Session, long Turn, bool Good, string Asked, IReadOnlyList<string> About);
