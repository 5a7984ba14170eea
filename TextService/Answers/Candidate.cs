using Museum.TextService.Index;

namespace Museum.TextService.Answers;

/// <summary>A sentence weighed against a question.</summary>
/// <param name="Sentence">The sentence, verbatim from the content.</param>
/// <param name="Coverage">The share of what the question is about that it speaks of, 0–1; 1 when the question is about nothing else than the exhibit.</param>
/// <param name="Fit">How well its form fits the kind of answer, 0–1.</param>
/// <param name="Score">0–1; comparable within one question.</param>
internal sealed record Candidate(IndexedSentence Sentence, double Coverage, double Fit, double Score);
