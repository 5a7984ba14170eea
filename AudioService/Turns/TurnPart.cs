using Museum.AudioService.Synthesis;
using Museum.Text.V1;

namespace Museum.AudioService.Turns;

/// <summary>What comes of a question, in the order in which it is to be told.</summary>
internal abstract record TurnPart
{
    /// <summary>Text as it is written.</summary>
    /// <param name="Value">A piece of it.</param>
    /// <param name="Sequence">The sentence that it belongs to, from 0.</param>
    public sealed record Written(string Value, int Sequence) : TurnPart;

    /// <summary>A whole sentence, and its voice while it is being made; null where nobody could say it: then its text has to do.</summary>
    public sealed record Spoken(Sentence Sentence, Task<SentenceSound?> Sound) : TurnPart;

    public sealed record Founded(IReadOnlyList<Source> Exhibits) : TurnPart;

    public sealed record Suggested(IReadOnlyList<string> Questions) : TurnPart;

    public sealed record Finished(Done Done) : TurnPart;
}
