namespace Museum.Benchmarks.Answers;

/// <param name="Understood">The question's kind and words as the guide took them.</param>
/// <param name="Text">Everything said.</param>
/// <param name="Sentences">The same by grammatical sentences.</param>
/// <param name="Sources">Ids of exhibits, best first.</param>
/// <param name="Grounded">False: the guide said that it does not know, or will not.</param>
/// <param name="Time">In the service, from the question's arrival to the end of the turn.</param>
internal sealed record GivenAnswer(string Understood, string Text, IReadOnlyList<string> Sentences, IReadOnlyList<string> Sources, bool Grounded, TimeSpan Time);
