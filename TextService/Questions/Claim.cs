namespace Museum.TextService.Questions;

/// <summary>Something that a question takes for granted of the exhibit it names: "Why did Dalí paint Guernica?"</summary>
/// <param name="Kind">What the right answer to it would be: <see cref="QuestionKind.WhoMade"/>, <see cref="QuestionKind.WhereNow"/> …</param>
/// <param name="Terms">What is said.</param>
/// <param name="Words">What is said, as it was said; folded.</param>
/// <param name="IsBorneOut">The exhibit's texts say it too.</param>
internal sealed record Claim(QuestionKind Kind, IReadOnlyList<FocusTerm> Terms, string Words, bool IsBorneOut);
