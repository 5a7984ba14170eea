using Museum.TextService.Answers;
using Museum.TextService.Language;
using Museum.TextService.Tours;

namespace Museum.TextService.Conversation;

/// <summary>How an answer ended; whole it is always.</summary>
internal enum Ending
{
    Complete,

    /// <summary>The model broke off or said what nothing supports: the curators' sentences completed it.</summary>
    Mended,
}

/// <summary>What a turn consists of, in the order in which it is written.</summary>
internal abstract record AnswerPart
{
    /// <summary>Text as it comes; all of it, joined, is the answer.</summary>
    internal sealed record Delta(string Text, int Sequence) : AnswerPart;

    /// <summary>A whole sentence, fit to be spoken.</summary>
    /// <param name="IsUnsupported">A statement of a model's that no passage supports.</param>
    internal sealed record Sentence(string Text, int Sequence, Tongue Tongue, IReadOnlyList<string> SourceIds, bool IsUnsupported = false) : AnswerPart;

    internal sealed record Sources(IReadOnlyList<Source> Exhibits) : AnswerPart;

    /// <summary>Where the visit stands; of a turn that a session remembers.</summary>
    internal sealed record Visit(Tour Tour) : AnswerPart;

    internal sealed record Suggestions(IReadOnlyList<string> Questions) : AnswerPart;

    internal sealed record Call(string Id, string Name, string Arguments) : AnswerPart;

    internal sealed record Done(long Turn, int Sentences, bool Grounded, Tongue Tongue, string Composer, string ContentVersion, TurnTiming Timing) : AnswerPart;
}

/// <summary>Where the time of a turn went, in milliseconds from its arrival.</summary>
internal sealed record TurnTiming(double ParsedMs, double RetrievedMs, double FirstTextMs, double TotalMs);
