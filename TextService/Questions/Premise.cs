namespace Museum.TextService.Questions;

/// <summary>Something that a question takes for granted, to be held against the exhibit's text: "Why did Dalí paint Guernica?"</summary>
/// <param name="Kind">What the right answer to it would be: <see cref="QuestionKind.WhoMade"/>, <see cref="QuestionKind.WhereNow"/> …</param>
/// <param name="Terms">What is said; when the exhibit's text has none of it, it is not borne out.</param>
internal sealed record Premise(QuestionKind Kind, IReadOnlyList<FocusTerm> Terms);
