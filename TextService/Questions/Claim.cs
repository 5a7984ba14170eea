namespace Museum.TextService.Questions;

/// <summary>Something that a question takes for granted: "Why did Dalí paint Guernica?"</summary>
/// <param name="Kind">The kind of question that what is right would answer: <see cref="QuestionKind.WhoMade"/>.</param>
/// <param name="Sure">The exhibit's texts do not say it at all; else only where nothing else answers.</param>
/// <param name="Words">What is claimed, as it was said.</param>
internal sealed record Claim(QuestionKind Kind, bool Sure, string Words);
