namespace Museum.AudioService.DashScope;

/// <summary>What a recognising task tells: the sentence at hand as it grows, and again whole when it has ended.</summary>
internal sealed record RecognizedOutput(RecognizedSentence? Sentence);

/// <param name="BeginTime">Milliseconds from the task's first sample.</param>
/// <param name="EndTime">Null while it grows.</param>
/// <param name="Text">With its punctuation.</param>
/// <param name="Heartbeat">Nothing new: the task lives, though nobody speaks.</param>
/// <param name="SentenceEnd">This is its last form; the next result is of another sentence.</param>
internal sealed record RecognizedSentence(double BeginTime, double? EndTime, string? Text, bool? Heartbeat, bool? SentenceEnd, IReadOnlyList<RecognizedWord>? Words);

/// <param name="Punctuation">What follows the word in the text.</param>
internal sealed record RecognizedWord(string Text, double BeginTime, double EndTime, string? Punctuation);
