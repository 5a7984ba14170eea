using Museum.TextService.Language;

namespace Museum.TextService.Index;

/// <summary>A sentence of an exhibit's text, ready to be weighed.</summary>
internal sealed class IndexedSentence
{
    public required int Exhibit { get; init; }
    public required Tongue Tongue { get; init; }

    /// <summary>From 0; the text's sections in their order.</summary>
    public required int Section { get; init; }

    /// <summary>From 0 through the whole text of this language.</summary>
    public required int Position { get; init; }
    public required string Text { get; init; }
    public required string Folded { get; init; }

    /// <summary>English: stems. Chinese: characters and pairs. Both: concepts.</summary>
    public required HashSet<string> Terms { get; init; }
    public required Traits Traits { get; init; }

    public bool Has(Traits traits) => (Traits & traits) == traits;

    public bool HasAny(Traits traits) => (Traits & traits) != 0;
}
